package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The private part and the shared part one after the other, and once more without a snapshot that is rejected. */
class LoadCommitTest {

    private final LoadParts parts = new LoadParts();
    private final TestingClock clock = new TestingClock();
    private final ObjectVersion older = parts.put("a");
    private final ObjectVersion newer = parts.put("b");

    @Test
    void whatIsStagedIsCommittedOnce() {
        read(older, 2);
        answers(Map.of(1, new ChangeCounts(2, 0, 0, 0, 0)));
        LoadCommit commit = commit();
        clock.passSeconds(5);
        parts.session.answer("endPrivatePart", () -> {
            clock.passSeconds(2);
            return null;
        });

        LoadRecord load = commit.commit(new LoadScripts() {});

        assertThat(steps())
                .containsExactly(
                        "begin",
                        "finish",
                        "endPrivatePart",
                        "settle",
                        "lockLedger",
                        "script",
                        "countTarget",
                        "findChanges",
                        "merge",
                        "script",
                        "record",
                        "commit",
                        "close");
        assertThat(load.times().reading()).isEqualTo(Duration.ofSeconds(5));
        assertThat(load.times().staging()).isEqualTo(Duration.ofSeconds(2));
        assertThat(load.objects()).extracting(LedgerEntry::outcome).containsExactly(Outcome.LOADED);
    }

    /** The older snapshot was left out for the newer one, which may not do what it would: it has its turn in a load of its own. */
    @Test
    void aSnapshotThatMayNotBeLoadedIsRejectedByASecondTry() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        read(newer, 1);
        parts.tallies.begin(older, false, false).supersede();
        answers(Map.of());
        parts.session
                .answerInTurn(
                        "findChanges",
                        new TargetChanges(Map.of(1, new ChangeCounts(0, 0, 0, 0, 9)), Way.AS_USUAL),
                        new TargetChanges(Map.of(), Way.AS_USUAL))
                .answerInTurn("countTarget", 10L, 10L);

        LoadRecord load = commit().commit(new LoadScripts() {});

        assertThat(steps())
                .containsSubsequence(
                        "endPrivatePart",
                        "findChanges",
                        "undoSharedPart",
                        "dropRows",
                        "dropRejectedAfter",
                        "endPrivatePart",
                        "lockLedger",
                        "findChanges",
                        "merge",
                        "commit");
        assertThat(load.objects()).extracting(LedgerEntry::object).containsExactly(newer);
        assertThat(load.objects())
                .extracting(LedgerEntry::errorCode)
                .containsExactly(ErrorCode.OBJECT_DELETES_TOO_MUCH);
        assertThat(load.outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void anyOtherFailureIsTheLoads() {
        read(older, 2);
        answers(Map.of());
        RetryableException conflict = new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "conflict");
        parts.session.answer("merge", () -> {
            throw conflict;
        });

        assertThatThrownBy(() -> commit().commit(new LoadScripts() {})).isSameAs(conflict);
        assertThat(steps()).doesNotContain("undoSharedPart", "commit");
    }

    @Test
    void aLoadThatFailsIsOverNow() {
        clock.passSeconds(7);

        LoadRecord failed = commit().failed(new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy"));

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.ended()).isEqualTo(clock.instant());
        assertThat(failed.errorCode()).isEqualTo(ErrorCode.WAREHOUSE_BUSY);
    }

    @Test
    void whatWasLoadedBeforeUnderAnotherKeyIsToldUnlessItIsRejected() {
        read(older, 1).repeats("in/x", null, false);
        read(newer, 1).repeats("in/y", null, true);
        ObjectTally rejected = read(parts.put("c"), 1);
        rejected.repeats("in/z", null, false);
        rejected.reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        read(parts.put("d"), 1);
        LoadRecord load = new LoadRecord(
                "l1",
                "f",
                parts.feed.target(),
                clock.instant(),
                clock.instant(),
                Outcome.LOADED,
                parts.tallies.entries(Map.of()),
                PhaseTimes.NONE,
                null,
                null);

        try (RememberedLog log = new RememberedLog()) {
            commit().tell(load);

            assertThat(log.messages())
                    .containsExactly(
                            "s3://b/in/a has the same content as in/x, which is loaded",
                            "s3://b/in/b has the same content as in/y, which is loaded; it is left out");
        }
    }

    private LoadCommit commit() {
        LoadTask task = parts.task(older, newer);
        TestingWarehouse warehouse = TestingWarehouse.empty();
        LedgerIndex index = new LedgerIndex(warehouse, parts.feed.target(), clock, read -> {});
        RowStaging rows = parts.rows(task);
        return new LoadCommit(
                task,
                parts.tallies,
                rows,
                new PrivatePart(parts.feed, SameContent.NONE, parts.origin),
                new SharedPart(task, 0, warehouse, index, parts.memory, clock),
                clock);
    }

    private ObjectTally read(ObjectVersion object, int count) {
        ObjectTally tally = parts.tallies.begin(object, false, false);
        tally.add(new Batch(Collections.nCopies(count, new Row(2, List.of("1", "x"))), List.of(), 0));
        return tally;
    }

    private void answers(Map<Integer, ChangeCounts> changes) {
        parts.session
                .answer("lockLedger", List.of())
                .answer("findChanges", new TargetChanges(changes, Way.AS_USUAL))
                .answerInTurn("countTarget", 10L, 12L)
                .answer("record", 0L);
    }

    private List<String> steps() {
        return parts.session.steps();
    }
}
