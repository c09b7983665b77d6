package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.Warehouse;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIndexTest {

    private static final TableName TARGET = TableName.parse("public.employee");

    private final TestingWarehouse warehouse = new TestingWarehouse(
            new TargetTable(TARGET, List.of(new Column("id", ColumnType.of(ColumnType.Kind.BIGINT), false, false))));
    private final TestingClock clock = new TestingClock();
    private final LedgerIndex index = new LedgerIndex(warehouse, TARGET, clock, read -> {});

    @BeforeEach
    void loadedOnce() {
        warehouse.addToLedger(version("v1", 1), Outcome.LOADED);
        index.refresh();
    }

    @Test
    void aVersionThatWasDealtWithIsNotNew() {
        assertThat(index.find(version("v1", 1))).isEqualTo(Known.DONE);
        assertThat(index.find(version("v2", 1))).isEqualTo(Known.NEW);
        assertThat(index.triedAgainBy(version("v1", 1))).isEmpty();
    }

    @Test
    void aVersionThatFailedOrIsWantedAgainIsNewOnceMore() {
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.REARMED)) {
            warehouse.addToLedger(version("v1", 1), outcome);
            index.refresh();

            assertThat(index.contains(version("v1", 1))).as(outcome.text()).isFalse();
            assertThat(index.triedAgainBy(version("v1", 1))).as(outcome.text()).contains("employee");
        }
    }

    @Test
    void whatWasTriedAgainIsDoneWhenItLoadedOrIsSkipped() {
        for (Outcome outcome : List.of(Outcome.LOADED, Outcome.REJECTED, Outcome.SKIPPED)) {
            warehouse.addToLedger(version("v1", 1), Outcome.REARMED);
            warehouse.addToLedger(version("v1", 1), outcome);
            index.refresh();

            assertThat(index.contains(version("v1", 1))).as(outcome.text()).isTrue();
            assertThat(index.triedAgainBy(version("v1", 1))).as(outcome.text()).isEmpty();
        }
    }

    @Test
    void theLedgerIsPreparedOnce() {
        ScriptedSession session = new ScriptedSession();
        LedgerIndex other = new LedgerIndex(session.as(Warehouse.class), TARGET, clock, table -> {});

        other.prepare();
        other.prepare();

        assertThat(session.calls()).containsExactly("prepareLedger public.employee");
    }

    /** Whoever asks first looks. */
    @Test
    void nothingIsAnsweredBeforeTheFirstLook() {
        LedgerIndex other = new LedgerIndex(warehouse, TARGET, clock, table -> {});
        assertThat(other.contains(version("v1", 1))).isTrue();
        assertThat(other.hasEntries()).isTrue();

        warehouse.addToLedger(version("v1", 1), Outcome.FAILED);
        assertThat(new LedgerIndex(warehouse, TARGET, clock, table -> {}).isFailed(version("v1", 1)))
                .isTrue();
        assertThat(other.isFailed(version("v1", 1))).as("as of the last look").isFalse();
    }

    @Test
    void aKeyIsKnownWhateverItsVersion() {
        assertThat(index.knows(version("v9", 9))).isTrue();
        assertThat(index.knows(new ObjectVersion("other", "k", "v1", 1, Instant.EPOCH)))
                .isFalse();
    }

    @Test
    void aVersionThatCameBackIsAskedForBecauseItWasStoredAgain() {
        warehouse.addToLedger(version("v2", 2), Outcome.LOADED);
        assertThat(index.find(version("v1", 1))).isEqualTo(Known.DONE);

        ObjectVersion back = version("v1", 3);
        assertThat(index.find(back)).isEqualTo(Known.STORED_AGAIN);
        assertThat(index.findNew(List.of(back))).containsExactly(back);
        assertThat(index.find(back)).isEqualTo(Known.NEW);
    }

    @Test
    void theSameContentStoredAgainIsAskedForOnce() {
        ObjectVersion again = version("v1", 3);
        assertThat(index.find(again)).isEqualTo(Known.STORED_AGAIN);
        assertThat(index.findNew(List.of(again))).isEmpty();

        assertThat(index.find(again)).isEqualTo(Known.DONE);
        assertThat(index.find(version("v1", 4))).isEqualTo(Known.STORED_AGAIN);
    }

    @Test
    void whatSomebodyElseSaysShowsAfterAWhile() {
        index.refreshIfOlderThan(Duration.ofMinutes(5));
        warehouse.addToLedger(version("v1", 1), Outcome.REARMED);

        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        index.refreshIfOlderThan(Duration.ofMinutes(5));
        assertThat(index.contains(version("v1", 1))).isTrue();

        clock.passMillis(1);
        index.refreshIfOlderThan(Duration.ofMinutes(5));
        assertThat(index.contains(version("v1", 1))).isFalse();
    }

    @Test
    void whatALoadOfThisProcessCommitsIsKnownWithoutALook() {
        index.committed(1, load(version("v2", 2)));

        assertThat(index.find(version("v2", 2))).isEqualTo(Known.DONE);
        warehouse.addToLedger(version("v2", 2), Outcome.LOADED);
        assertThat(index.refresh()).isEqualTo(2);
    }

    @Test
    void whatOthersHaveCommittedBeforeItIsLookedFor() {
        ObjectVersion other = new ObjectVersion("b", "other", "v1", 1, Instant.EPOCH);
        warehouse.addToLedger(other, Outcome.LOADED);
        warehouse.addToLedger(version("v2", 2), Outcome.LOADED);

        index.committed(2, load(version("v2", 2)));

        assertThat(index.find(other)).isEqualTo(Known.DONE);
        assertThat(index.find(version("v2", 2))).isEqualTo(Known.DONE);
    }

    private static LoadRecord load(ObjectVersion object) {
        return new LoadRecord(
                "1",
                "employee",
                TARGET,
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(new LedgerEntry(object, null, Outcome.LOADED, LoadCounts.NONE, null, null)),
                new PhaseTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                null,
                null);
    }

    private static ObjectVersion version(String etag, int second) {
        return new ObjectVersion("b", "k", etag, 1, Instant.ofEpochSecond(second));
    }
}
