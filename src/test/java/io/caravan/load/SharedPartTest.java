package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.replay.TestingReplay;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.spi.TargetSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one transaction on the target: what is asked and done in it, in which order, and what ends it. */
class SharedPartTest {

    private static final long POSITION = 7;

    private static final PhaseTimes TIMES = new PhaseTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ZERO);

    private final ScriptedSession session = new ScriptedSession();
    private final ObjectTallies tallies = new ObjectTallies();
    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final TestingClock clock = new TestingClock();
    private Feed feed = TestingFeed.of(Mode.UPSERT);
    private RowOrigin origin = RowOrigin.OBJECTS;
    private RowMemory memory = RowMemory.NONE;

    @Test
    void theStepsComeInTheirOrder() {
        add("a", 5);
        add("b", 4);
        tallies.addSuperseded(Map.of(2, 3L));
        answers(List.of(), Map.of(1, new ChangeCounts(2, 1, 0, 0, 0), 2, new ChangeCounts(1, 0, 0, 0, 0)), 10, 13);
        session.answer("record", 4L);

        LoadRecord load = merge(new Scripts());

        assertThat(session.steps())
                .containsExactly(
                        "lockLedger",
                        "script",
                        "before",
                        "countTarget",
                        "findChanges",
                        "merge",
                        "script",
                        "after",
                        "record",
                        "commit",
                        "close");
        assertThat(load.outcome()).isEqualTo(Outcome.LOADED);
        assertThat(load.deadLetters()).isEqualTo(4);
        assertThat(load.times().reading()).isEqualTo(Duration.ofSeconds(5));
        assertThat(load.times().staging()).isEqualTo(Duration.ofSeconds(2));
        assertThat(load.objects())
                .extracting(LedgerEntry::counts)
                .containsExactly(new LoadCounts(5, 2, 1, 2, 0, 0), new LoadCounts(4, 1, 0, 0, 3, 0));
    }

    @Test
    void whatIsComparedIsWhatIsStagedOfGoodObjects() {
        add("a", 5);
        add("b", 4).reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        add("c", 6);
        tallies.addSuperseded(Map.of(3, 2L));
        answers(List.of(), Map.of(), 10, 10);

        merge();

        assertThat(session.calls()).contains("findChanges 10 {1=5, 3=4} null []");
    }

    @Test
    void aLoadWhoseObjectsAreAllRejectedIsRejected() {
        add("a", 5).reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        answers(List.of(), Map.of(), 10, 10);

        assertThat(merge().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void entriesFollowTheLastOneOfTheLedger() {
        add("a", 1);
        answers(List.of(mark(8, "elsewhere/x", Outcome.LOADED)), Map.of(), 10, 10);

        merge();

        assertThat(session.calls()).anyMatch(call -> call.startsWith("record ") && call.contains(" [1] 8 "));
    }

    /** Another load has dealt with an object since this one took its own. */
    @ParameterizedTest
    @CsvSource({
        // its key, what became of it, whether this load leaves out repeated content | whether it starts again
        "in/x,        LOADED,   false, true",
        "in/x,        SKIPPED,  false, true",
        "in/x,        REPLAYED, false, false",
        "elsewhere/x, LOADED,   false, false",
        "elsewhere/x, LOADED,   true,  true",
    })
    void aLoadThatMayHoldAnOlderVersionStartsAgain(String key, Outcome outcome, boolean skips, boolean startsAgain) {
        MergePolicy merge = TestingFeed.policy(Mode.UPSERT, Duplicates.LAST);
        feed = skips ? TestingFeed.skippingRepeated(merge) : TestingFeed.of(merge);
        add("a", 0);
        answers(List.of(mark(8, key, outcome)), Map.of(), 10, 10);

        assertStartsAgain(startsAgain);
    }

    /** Another load has dealt with an object of the feed since this replay looked. */
    @ParameterizedTest
    @CsvSource({
        // mode, whether it overwrites, is of a snapshot, is held back from newer rows | whether it starts again
        "UPSERT,      false, false, false, true",
        "UPSERT,      true,  false, false, false",
        "UPSERT,      false, false, true,  false",
        "UPSERT,      true,  true,  true,  true",
        "HISTORY,     false, false, false, true",
        "INSERT_ONLY, false, false, false, false",
        "APPEND,      false, false, false, false",
    })
    void aReplayThatMayOverwriteNewerRowsStartsAgain(
            Mode mode, boolean overwrites, boolean isOfSnapshot, boolean isHeldBack, boolean startsAgain) {
        feed = TestingFeed.of(mode);
        origin = isOfSnapshot ? TestingReplay.ofSnapshot() : TestingReplay.of(overwrites);
        add("a", 0, isHeldBack);
        answers(List.of(mark(8, "in/x", Outcome.LOADED)), Map.of(), 10, 10);
        session.answer("markReplayed", 0L);

        assertStartsAgain(startsAgain);
    }

    private void assertStartsAgain(boolean startsAgain) {
        if (startsAgain) {
            assertFails(ErrorCode.LEDGER_MOVED);
            assertThat(session.steps()).containsExactly("lockLedger");
        } else {
            merge();
            assertThat(session.steps()).contains("commit");
        }
    }

    @Test
    void deadLettersAreMarkedBeforeTheTargetIsRead() {
        origin = TestingReplay.of(true);
        ObjectTally tally = add("a", 2);
        tally.addReplayed();
        tally.addReplayed();
        answers(List.of(), Map.of(), 10, 10);
        session.answer("markReplayed", 2L);

        merge();

        assertThat(session.steps()).startsWith("lockLedger", "markReplayed", "script", "countTarget");
    }

    @Test
    void deadLettersThatAreNoMoreOpenEndAReplay() {
        origin = TestingReplay.of(true);
        ObjectTally tally = add("a", 2);
        tally.addReplayed();
        tally.addReplayed();
        answers(List.of(), Map.of(), 10, 10);
        session.answer("markReplayed", 1L);

        assertFails(ErrorCode.LEDGER_MOVED);
    }

    /** So it is no statement of its own. */
    @Test
    void theTargetIsCountedWhenTheLoadIsRecorded() {
        add("a", 9);
        answers(List.of(), Map.of(1, new ChangeCounts(2, 3, 0, 0, 0)), 10, 12);

        merge();

        assertThat(session.calls()).anyMatch(call -> call.startsWith("record ") && call.endsWith(" OptionalLong[12]"));
        assertThat(session.steps()).containsOnlyOnce("countTarget");
    }

    /** Which may add rows. */
    @Test
    void theTargetIsCountedBeforeTheFeedsOwnSqlThatFollows() {
        feed = new FeedBuilder()
                .sql(new FeedSql("", "INSERT INTO other VALUES (1)", false))
                .build();
        add("a", 9);
        answers(List.of(), Map.of(1, new ChangeCounts(2, 3, 0, 0, 0)), 10, 12);

        merge(new Scripts());

        assertThat(session.steps()).containsSubsequence("merge", "countTarget", "script", "after", "record");
        assertThat(session.calls())
                .anyMatch(call -> call.startsWith("record ") && call.endsWith(" OptionalLong.empty"));
    }

    @Test
    void aTargetThatHasOtherRowsThenEndsTheLoad() {
        feed = new FeedBuilder()
                .sql(new FeedSql("", "INSERT INTO other VALUES (1)", false))
                .build();
        add("a", 9);
        answers(List.of(), Map.of(1, new ChangeCounts(2, 3, 0, 0, 0)), 10, 13);

        assertFails(ErrorCode.COUNTS_DO_NOT_ADD_UP);
        assertThat(session.steps()).doesNotContain("record", "commit");
    }

    @Test
    void moreChangesThanStagedRowsEndTheLoad() {
        add("a", 1);
        answers(List.of(), Map.of(1, new ChangeCounts(2, 0, 0, 0, 0)), 10, 12);

        assertFails(ErrorCode.COUNTS_DO_NOT_ADD_UP);
    }

    @Test
    void aSnapshotThatTakesTooMuchIsRejectedBeforeAnythingChanges() {
        feed = TestingFeed.of(Mode.MIRROR);
        add("a", 1);
        answers(List.of(), Map.of(1, new ChangeCounts(0, 0, 0, 0, 3)), 10, 7);

        assertThatThrownBy(() -> merge())
                .isInstanceOfSatisfying(RejectedObjectException.class, reason -> assertThat(reason.code())
                        .isEqualTo(ErrorCode.OBJECT_DELETES_TOO_MUCH));
        assertThat(session.steps()).doesNotContain("merge", "commit");
    }

    @Test
    void rowsOfAnEmptyTargetWhoseLedgerSaysOtherwiseAreAskedFor() {
        add("a", 1);
        answers(List.of(), Map.of(1, new ChangeCounts(1, 0, 0, 0, 0)), 0, 1);
        session.answer("countLost", 3L);

        merge();

        assertThat(session.steps()).containsSubsequence("countTarget", "countLost", "findChanges");
    }

    /** Where unchanged rows are not staged, what is remembered says what the target had, has and lacks. */
    @Test
    void rememberedRowsStandForThoseThatAreNotStaged() {
        feed = TestingFeed.of(Mode.MIRROR);
        memory = session.answer("isUsed", true)
                .answer("rowsBefore", 10L)
                .answer("findMissing", 1L)
                .answer("rowsAfter", OptionalLong.of(11))
                .as(RowMemory.class);
        add("a", 3);
        answers(List.of(), Map.of(1, new ChangeCounts(2, 1, 0, 0, 0)), -1, -1);

        LoadRecord load = merge();

        assertThat(session.steps())
                .containsExactly(
                        "lockLedger",
                        "script",
                        "rowsBefore",
                        "isUsed",
                        "findChanges",
                        "findMissing",
                        "beforeChange",
                        "merge",
                        "rowsAfter",
                        "script",
                        "record",
                        "commit",
                        "close");
        assertThat(session.calls()).contains("findChanges 10 {1=3} null []");
        assertThat(load.counts()).isEqualTo(new LoadCounts(3, 2, 1, 0, 1, 0, 0, 0, 1));
    }

    @Test
    void aCommitThatTookPlaceAlthoughItsConnectionDiedIsOne() {
        add("a", 1);
        answers(List.of(), Map.of(), 10, 10);
        session.answer("commit", () -> {
            warehouse.record(record());
            throw new RetryableException(ErrorCode.COMMIT_LOST, "the connection died");
        });

        assertThat(merge().outcome()).isEqualTo(Outcome.LOADED);
    }

    @Test
    void aCommitThatDidNotTakePlaceFails() {
        add("a", 1);
        answers(List.of(), Map.of(), 10, 10);
        session.answer("commit", () -> {
            throw new RetryableException(ErrorCode.COMMIT_LOST, "the connection died");
        });

        assertFails(ErrorCode.COMMIT_LOST);
        assertThat(session.steps()).endsWith("commit", "close");
    }

    @Test
    void anotherFailureOfTheCommitIsNotAskedFor() {
        add("a", 1);
        answers(List.of(), Map.of(), 10, 10);
        session.answer("commit", () -> {
            warehouse.record(record());
            throw new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "conflict");
        });

        assertFails(ErrorCode.WAREHOUSE_CONFLICT);
    }

    @Test
    void theLoadStandsThoughTheLedgerCannotBeReadAfterIt() {
        add("a", 1);
        answers(List.of(), Map.of(), 10, 10);
        session.answer("close", () -> {
            warehouse.failReadings(new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "gone"));
            return null;
        });

        assertThat(merge().outcome()).isEqualTo(Outcome.LOADED);
    }

    private void assertFails(ErrorCode code) {
        assertThatThrownBy(() -> merge())
                .isInstanceOfSatisfying(CaravanException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private LoadRecord merge() {
        return merge(new LoadScripts() {});
    }

    private LoadRecord merge(LoadScripts scripts) {
        LoadTask task = new LoadTask("l1", feed, tallies.objects(), Set.of(), Set.of(), origin, Instant.EPOCH);
        LedgerIndex index = new LedgerIndex(warehouse, feed.target(), clock, read -> {});
        return new SharedPart(task, POSITION, warehouse, index, memory, clock)
                .merge(session.as(TargetSession.class), tallies, scripts, TIMES);
    }

    private void answers(List<LedgerMark> marks, Map<Integer, ChangeCounts> changes, long before, long after) {
        session.answer("lockLedger", marks)
                .answer("findChanges", new TargetChanges(changes, Way.AS_USUAL))
                .answerInTurn("countTarget", before, after)
                .answer("record", 0L);
    }

    private LoadRecord record() {
        return new LoadRecord(
                "l1",
                feed.name(),
                feed.target(),
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(),
                PhaseTimes.NONE,
                null,
                null);
    }

    private static LedgerMark mark(long position, String key, Outcome outcome) {
        return new LedgerMark(position, "f", "b", key, "e2", 1, Instant.EPOCH, outcome);
    }

    private ObjectTally add(String key, int rows) {
        return add(key, rows, false);
    }

    private ObjectTally add(String key, int rows, boolean isOvertaken) {
        ObjectVersion version = new ObjectVersion("b", "in/" + key, "e", 1, Instant.EPOCH);
        ObjectTally tally = tallies.begin(version, isOvertaken, origin.isReplay());
        tally.add(new Batch(Collections.nCopies(rows, new Row(3, List.of("1"))), List.of(), 0));
        return tally;
    }

    private final class Scripts implements LoadScripts {

        @Override
        public void beforeMerge() {
            session.calls().add("before");
        }

        @Override
        public void afterMerge() {
            session.calls().add("after");
        }
    }
}
