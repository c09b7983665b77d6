package io.caravan.load.remember;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.remember.RememberedCheck.Result;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.TargetSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingWarehouse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of a table beside what it holds. */
class RememberedCheckTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    private static final TargetTable TABLE = new TargetTable(TableName.parse("public.t"), List.of(ID, NAME));

    private final TestingRememberedFiles files = new TestingRememberedFiles();
    private final Remembering remembering = new Remembering(files, 1_000_000);
    private TestingWarehouse warehouse = new TestingWarehouse(TABLE);
    private final Feed feed = new FeedBuilder()
            .merge(new MergePolicy(
                    MergePolicy.DEFAULT.mode(),
                    MergePolicy.DEFAULT.duplicates(),
                    null,
                    null,
                    1,
                    MergePolicy.DEFAULT.changeColumn(),
                    MergePolicy.DEFAULT.changeWords(),
                    false,
                    false,
                    true))
            .build();

    @Test
    void whatIsRememberedAsItIsIsEqual() {
        remember(2);
        hold("1", "Ada");
        hold("2", "Bo");

        assertThat(check()).isEqualTo(new Result(2, 0, 0, 0, false, "all rows, as of load l1"));
    }

    @Test
    void everyOtherWayToDifferIsAFault() {
        remember(2);
        hold("1", "Bea");
        assertThat(check()).isEqualTo(new Result(0, 1, 0, 1, true, "all rows, as of load l1"));

        hold("1", "Ada");
        hold("2", "Bo");
        hold("3", "Cy");
        assertThat(check())
                .as("a row more than all")
                .isEqualTo(new Result(2, 0, 1, 0, true, "all rows, as of load l1"));
    }

    @Test
    void whereSomeAreRememberedOthersMayBeThere() {
        remember(3);
        hold("1", "Ada");
        hold("2", "Bo");
        hold("3", "Cy");

        assertThat(check()).isEqualTo(new Result(2, 0, 1, 0, false, "some rows, as of load l1"));
    }

    @Test
    void nothingThatIsRememberedCannotDiffer() {
        assertThat(check()).isEqualTo(new Result(0, 0, 0, 0, false, "remembers no rows"));

        files.keep("f", new byte[] {1, 2, 3});
        assertThat(check().differs()).isFalse();
        assertThat(check().detail()).startsWith("what it remembers cannot be read, and the next load does without: ");
    }

    @Test
    void whatIsOfOtherColumnsIsNotCompared() {
        remember(2);
        warehouse = new TestingWarehouse(new TargetTable(TABLE.name(), List.of(ID)));

        assertThat(check())
                .isEqualTo(new Result(
                        0,
                        0,
                        0,
                        0,
                        false,
                        "what it remembers is of another table or of other columns, and the next load does without"));
    }

    private Result check() {
        return new RememberedCheck(remembering, warehouse).check(feed);
    }

    private void hold(String id, String name) {
        warehouse.rows().put(id, List.of(id, name));
    }

    /** Remembers two rows of a table that has so many. */
    private void remember(long rows) {
        ScriptedSession session = new ScriptedSession();
        RowMemory memory = remembering.rows(feed, "l1");
        memory.begin(TABLE.columns(), List.of(ID));
        memory.stage(
                1,
                new Batch(List.of(new Row(2, List.of("1", "Ada")), new Row(3, List.of("2", "Bo"))), List.of(), 0),
                changed -> {});
        memory.flush(changed -> {});
        memory.rowsAfter(
                session.answer("sumTarget", new TargetSum(rows, BigInteger.ONE)).as(TargetSession.class), true);
        ObjectTallies tallies = new ObjectTallies();
        tallies.begin(new ObjectVersion("b", "in/a", "e", 1, Instant.EPOCH), false, false);
        memory.committed(tallies);
        memory.close();
    }
}
