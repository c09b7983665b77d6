package io.caravan.load.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadSession;
import io.caravan.spi.Warehouse;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedWarehouseTest {

    private static final TableName T = TableName.parse("public.t");
    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("Name", ColumnType.varchar(10), true, true);
    private static final TargetTable TABLE = new TargetTable(T, List.of(ID, NAME));
    private static final Feed FEED = TestingFeed.of(Mode.UPSERT);

    private final ScriptedSession there = new ScriptedSession()
            .answer("describe", TABLE)
            .answer("ddl", "CREATE TABLE t")
            .answerInTurn("changes", List.of("ALTER 1"), List.of("ALTER 2", "ALTER 3"))
            .answer("preview", new ScriptedSession().asLoadSession());
    private final PlannedWarehouse planned = new PlannedWarehouse(there.as(Warehouse.class), false);

    @Test
    void aTableThatWouldBeCreatedIsThereForWhoeverAsksHere() {
        planned.create(new NewTable(TABLE, null, List.of()));

        assertThat(planned.describe(T)).isEqualTo(TABLE);
        assertThat(planned.changes()).containsExactly("CREATE TABLE t");
        assertThat(there.steps()).containsExactly("ddl");
    }

    @Test
    void aSessionTakesTheTargetAsItWouldBe() {
        planned.create(new NewTable(TABLE, null, List.of()));

        LoadSession session = planned.open(FEED);

        assertThat(session).isNotNull();
        assertThat(there.calls().get(1)).isEqualTo("preview " + FEED + ' ' + new PlannedTarget(false, TABLE.columns()));
    }

    @Test
    void columnsThatWouldBeAddedAreThereAndMayBeNull() {
        Column added = new Column("born", ColumnType.of(Kind.DATE), false, false);

        TargetTable evolved = planned.evolve(T, List.of(ID, added));

        Column fresh = new Column("born", ColumnType.of(Kind.DATE), true, false);
        assertThat(evolved).isEqualTo(new TargetTable(T, List.of(ID, NAME, fresh)));
        assertThat(planned.describe(T)).isEqualTo(evolved);
        planned.open(FEED);
        assertThat(there.calls()).last().isEqualTo("preview " + FEED + ' ' + new PlannedTarget(true, List.of(fresh)));
    }

    @Test
    void textBecomesWiderAndNeverNarrower() {
        TargetTable wider = planned.evolve(T, List.of(new Column("name", ColumnType.varchar(20), true, false)));
        TargetTable same = planned.evolve(T, List.of(new Column("NAME", ColumnType.varchar(5), true, false)));

        assertThat(wider.columns()).containsExactly(ID, new Column("Name", ColumnType.varchar(20), true, true));
        assertThat(same).isEqualTo(wider);
        assertThat(planned.changes()).containsExactly("ALTER 1", "ALTER 2", "ALTER 3");
    }

    @Test
    void aColumnOfAnotherKindStaysAsItIs() {
        assertThat(planned.evolve(T, List.of(new Column("id", ColumnType.varchar(20), true, false))))
                .isEqualTo(TABLE);
    }

    @Test
    void aTableThatWouldBeCreatedCanBeEvolvedByTheNextLoad() {
        Column born = new Column("born", ColumnType.of(Kind.DATE), true, false);
        planned.create(new NewTable(TABLE, null, List.of()));

        planned.evolve(T, List.of(born));
        planned.open(FEED);

        assertThat(there.calls())
                .last()
                .isEqualTo("preview " + FEED + ' ' + new PlannedTarget(false, List.of(ID, NAME, born)));
        assertThat(planned.changes()).containsExactly("CREATE TABLE t", "ALTER 1");
    }

    @Test
    void offlineTheWarehouseIsNotAsked() {
        PlannedWarehouse offline = new PlannedWarehouse(there.as(Warehouse.class), true);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> offline.describe(T))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_FOUND));
        offline.readLedger(T, 0, mark -> {
            throw new AssertionError("nobody reads " + mark);
        });
        assertThat(offline.findNewest(FEED, Set.of())).isEmpty();
        assertThat(offline.findLoaded(T, "b", List.of("k"))).isEmpty();
        assertThat(offline.changes()).isEmpty();
        assertThat(there.calls()).isEmpty();
    }

    @Test
    void aLedgerThatIsNotThereIsNotAskedForLoadedObjects() {
        TestingWarehouse empty = TestingWarehouse.empty();
        PlannedWarehouse fresh = new PlannedWarehouse(empty, false);
        List<LedgerMark> marks = new ArrayList<>();

        fresh.readLedger(T, 0, marks::add);
        assertThat(fresh.findNewest(FEED, Set.of("t"))).isEmpty();
        assertThat(empty.namesAsked()).isNull();

        empty.addToLedger(new ObjectVersion("b", "in/1.csv", "e", 1, Instant.EPOCH), Outcome.LOADED);
        fresh.readLedger(T, 0, marks::add);
        fresh.findNewest(FEED, Set.of("t"));

        assertThat(marks).hasSize(1);
        assertThat(empty.namesAsked()).containsExactly("t");
    }
}
