package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectTallyTest {

    private final RejectedObjectException bad =
            new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed");

    private final ObjectTally tally = tally(1, "a", false, false);

    private static ObjectTally tally(int number, String key, boolean isOvertaken, boolean isReplay) {
        return new ObjectTally(number, version(key), isOvertaken, isReplay);
    }

    private static ObjectVersion version(String key) {
        return new ObjectVersion("b", key, "e", 1, Instant.EPOCH);
    }

    /**
     * Rows that came in batches: staged, superseded in memory, rejected, and left out as they stand in the target; then what
     * became of the staged ones: superseded in the staging table, inserted, updated, deleted, stale, missing, held back.
     */
    @ParameterizedTest
    @CsvSource({
        // rows        | what becomes of them  | read ins upd unch del stale sup rej unread
        "0, 0, 0, 0,     0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 0, 0, 0, 0, 0, 0",
        "9, 0, 0, 0,     0, 9, 0, 0, 0, 0, 0,    9, 9, 0, 0, 0, 0, 0, 0, 0",
        "9, 0, 0, 0,     0, 2, 3, 0, 0, 0, 0,    9, 2, 3, 4, 0, 0, 0, 0, 0",
        "9, 2, 0, 0,     3, 1, 1, 0, 0, 0, 0,   11, 1, 1, 4, 0, 0, 5, 0, 0",
        "9, 0, 4, 0,     0, 9, 0, 0, 0, 0, 0,   13, 9, 0, 0, 0, 0, 0, 4, 0",
        "9, 0, 0, 5,     0, 1, 2, 0, 0, 0, 0,    9, 1, 2, 6, 0, 0, 0, 0, 0",
        "9, 0, 0, 0,     0, 0, 0, 3, 0, 0, 0,    9, 0, 0, 6, 3, 0, 0, 0, 0",
        "9, 0, 0, 0,     0, 0, 0, 3, 0, 7, 0,    9, 0, 0, 6, 10, 0, 0, 0, 7",
        "9, 0, 0, 0,     0, 0, 1, 0, 5, 0, 0,    9, 0, 1, 3, 0, 5, 0, 0, 0",
        "9, 0, 1, 0,     0, 0, 1, 0, 0, 0, 2,   10, 0, 1, 6, 0, 0, 0, 3, 0",
        "9, 1, 2, 3,     1, 1, 1, 1, 1, 5, 1,   12, 1, 1, 3, 6, 1, 2, 3, 5",
    })
    void everyRecordIsAccountedForOnce(
            int staged,
            long superseded,
            int rejected,
            int leftOut,
            long supersededInStaging,
            long inserted,
            long updated,
            long deleted,
            long stale,
            long missing,
            long heldBack,
            long read,
            long countedInserted,
            long countedUpdated,
            long unchanged,
            long countedDeleted,
            long countedStale,
            long countedSuperseded,
            long countedRejected,
            long deletedUnread) {
        tally.add(batch(staged, rejected, superseded));
        tally.leaveOut(leftOut);

        tally.addSupersededInStaging(supersededInStaging);

        LedgerEntry entry = tally.entry(new ChangeCounts(inserted, updated, deleted, stale, missing, heldBack));

        assertThat(entry.counts())
                .isEqualTo(new LoadCounts(
                        read,
                        countedInserted,
                        countedUpdated,
                        unchanged,
                        countedDeleted,
                        countedStale,
                        countedSuperseded,
                        countedRejected,
                        deletedUnread));
        assertThat(entry.counts().addUp()).isTrue();
        assertThat(entry.outcome()).isEqualTo(Outcome.LOADED);
    }

    @Test
    void moreChangesThanRowsDoNotAddUp() {
        tally.add(batch(2, 0, 0));

        assertThat(tally.entry(new ChangeCounts(2, 1, 0, 0, 0)).counts().addUp())
                .isFalse();
        tally.addSupersededInStaging(1);
        assertThat(tally.entry(new ChangeCounts(2, 0, 0, 0, 0)).counts().addUp())
                .isFalse();
    }

    @Test
    void batchesAddUp() {
        tally.add(batch(3, 1, 2));
        tally.add(batch(4, 0, 1));
        tally.addStaged(10);

        assertThat(tally.staged()).isEqualTo(17);
        assertThat(tally.rejectedRows()).isEqualTo(1);
        assertThat(tally.entry(new ChangeCounts(17, 0, 0, 0, 0)).counts())
                .isEqualTo(new LoadCounts(21, 17, 0, 0, 3, 1));
    }

    @Test
    void whatIsLeftOutIsNotStaged() {
        tally.add(batch(5, 0, 0));
        tally.leaveOut(2);

        assertThat(tally.staged()).isEqualTo(3);
        assertThat(tally.compared()).isEqualTo(3);
    }

    @Test
    void theLinesOfRejectedRowsAreKept() {
        tally.add(batch(0, 1, 0));

        assertThat(tally.lastKeptLine()).isEqualTo(2);
    }

    @Test
    void anObjectBeyondItsLimitIsToldTheWayOut() {
        assertThat(ObjectTally.tooManyRejectedRows(7))
                .hasMessageStartingWith("More than 7 rows are rejected")
                .hasMessageEndingWith("raise the feed's maxRejectedRows");
    }

    @Test
    void rowsThatStagingRefusesAreRejectedRows() {
        tally.add(batch(5, 1, 0));
        assertThat(tally.isRefusedByStaging()).isFalse();

        tally.rejectStaged(2, List.of(7L, 8L));

        assertThat(tally.isRefusedByStaging()).isTrue();
        assertThat(tally.staged()).isEqualTo(3);
        assertThat(tally.rejectedRows()).isEqualTo(3);
        assertThat(tally.lastKeptLine()).isEqualTo(8);
        assertThat(tally.entry(new ChangeCounts(3, 0, 0, 0, 0)).counts()).isEqualTo(new LoadCounts(6, 3, 0, 0, 0, 3));
    }

    @Test
    void aRowThatWasLeftOutIsSupersededByALaterObjectUnlessThatOneIsRejected() {
        ObjectTally later = tally(2, "b", false, false);
        tally.add(batch(5, 0, 0));
        tally.leaveOut(3);
        later.add(batch(2, 0, 0));
        tally.supersedeUnchanged(later, 2);

        assertThat(tally.entry(new ChangeCounts(2, 0, 0, 0, 0)).counts()).isEqualTo(new LoadCounts(5, 2, 0, 1, 2, 0));

        later.reject(bad);
        assertThat(tally.entry(new ChangeCounts(2, 0, 0, 0, 0)).counts()).isEqualTo(new LoadCounts(5, 2, 0, 3, 0, 0));
    }

    @Test
    void ofARejectedObjectEveryRecordIsRejected() {
        tally.add(batch(3, 2, 1));
        tally.opened("v7");
        tally.setHeader("id,name");
        tally.setContent(new ContentHash("sha", null));
        tally.reject(bad);

        assertThat(tally.isGood()).isFalse();
        assertThat(tally.isDropped()).isTrue();
        assertThat(tally.isRejected()).isTrue();
        assertThat(tally.entry(ChangeCounts.NONE))
                .isEqualTo(new LedgerEntry(
                        version("a"),
                        "v7",
                        Outcome.REJECTED,
                        new LoadCounts(6, 0, 0, 0, 0, 6),
                        ErrorCode.OBJECT_UNCLOSED_QUOTE,
                        "a quote is not closed",
                        "id,name",
                        "sha",
                        null));
    }

    @Test
    void ofAReplayedObjectThatIsRejectedTheDeadLettersStayAsTheyAre() {
        ObjectTally replayed = tally(1, "a", false, true);
        replayed.add(batch(0, 2, 0));
        replayed.addReplayed();
        replayed.addReplayed();
        replayed.rejectWithoutGoodRow();

        assertThat(replayed.replayed()).isEqualTo(2);
        assertThat(replayed.isRejected()).isFalse();
        assertThat(replayed.lastKeptLine()).isZero();
        assertThat(replayed.entry(ChangeCounts.NONE).outcome()).isEqualTo(Outcome.REPLAYED);

        replayed.reject(bad);
        assertThat(replayed.entry(ChangeCounts.NONE).counts()).isEqualTo(LoadCounts.NONE);
        assertThat(replayed.entry(ChangeCounts.NONE).outcome()).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void anObjectWhoseBytesWereLoadedChangesNothingWhateverIsWrongWithIt() {
        tally.add(batch(3, 2, 1));
        tally.reject(bad);
        tally.leaveOut();

        assertThat(tally.isNeedless()).isTrue();
        assertThat(tally.isRejected()).isFalse();
        assertThat(tally.isDropped()).isTrue();
        assertThat(tally.isGood()).isFalse();
        assertThat(tally.lastKeptLine()).isZero();
        assertThat(tally.entry(ChangeCounts.NONE).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(tally.entry(ChangeCounts.NONE).counts()).isEqualTo(new LoadCounts(6, 0, 0, 6, 0, 0));
    }

    @Test
    void anObjectWithTheBytesOfOneBeforeSharesItsFate() {
        ObjectTally copy = tally(2, "b", false, false);
        tally.add(batch(3, 0, 0));
        copy.add(batch(3, 0, 0));
        copy.repeats("a", tally, true);

        assertThat(copy.isGood()).isFalse();
        assertThat(copy.entry(ChangeCounts.NONE).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(copy.entry(ChangeCounts.NONE).sameAs()).isEqualTo("a");

        tally.reject(bad);
        LedgerEntry rejected = copy.entry(ChangeCounts.NONE);
        assertThat(rejected.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(rejected.errorCode()).isEqualTo(ErrorCode.OBJECT_UNCLOSED_QUOTE);
        assertThat(rejected.counts()).isEqualTo(new LoadCounts(3, 0, 0, 0, 0, 3));
    }

    @Test
    void aRepetitionThatIsNotLeftOutLoadsAndSaysSo() {
        tally.add(batch(3, 0, 0));
        tally.repeats("other", null, false);

        assertThat(tally.isGood()).isTrue();
        LedgerEntry entry = tally.entry(new ChangeCounts(1, 0, 0, 0, 0));
        assertThat(entry.sameAs()).isEqualTo("other");
        assertThat(entry.counts()).isEqualTo(new LoadCounts(3, 1, 0, 2, 0, 0));
    }

    @Test
    void aNeedlessSnapshotHasNoCounts() {
        tally.supersede();
        ObjectTally overtaken = tally(2, "b", true, false);
        overtaken.supersede();

        assertThat(tally.isGood()).isFalse();
        assertThat(tally.isDropped()).isFalse();
        assertThat(tally.isSupersededInLoad()).isTrue();
        assertThat(overtaken.isSupersededInLoad()).isFalse();
        assertThat(tally.entry(ChangeCounts.NONE))
                .isEqualTo(new LedgerEntry(version("a"), null, Outcome.SUPERSEDED, LoadCounts.NONE, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, false", // empty: loads
        "0, 0, 1, 0, true",
        "0, 5, 1, 0, true", // what a rejected row superseded is no good row
        "1, 0, 9, 0, false",
        "2, 0, 9, 1, false",
        "1, 0, 9, 1, false" // a row that stands in the target already is one
    })
    void anObjectWithoutAGoodRowIsRejected(int staged, long superseded, int rejected, int leftOut, boolean isRejected) {
        tally.add(batch(staged, rejected, superseded));
        tally.leaveOut(leftOut);

        tally.rejectWithoutGoodRow();

        assertThat(tally.isRejected()).isEqualTo(isRejected);
        if (isRejected) {
            LedgerEntry entry = tally.entry(ChangeCounts.NONE);
            assertThat(entry.errorCode()).isEqualTo(ErrorCode.OBJECT_NO_GOOD_ROW);
            assertThat(entry.error()).startsWith("s3://b/a has " + (superseded + rejected) + " rows and every one");
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 1, 0.1, false", "9, 1, 0.09, true", "0, 0, 0, false", "1, 9, 1, false", "1, 1, 0, true"})
    void anObjectWithTooLargeAShareOfRejectedRowsIsRejected(
            int staged, int rejected, double maxRatio, boolean isRejected) {
        tally.add(batch(staged, rejected, 0));

        tally.rejectAbove(maxRatio);

        assertThat(tally.isRejected()).isEqualTo(isRejected);
    }

    @Test
    void aReasonThatStandsIsNotReplacedByTheCounts() {
        tally.add(batch(0, 5, 0));
        tally.reject(bad);

        tally.rejectWithoutGoodRow();
        tally.rejectAbove(0);

        assertThat(tally.entry(ChangeCounts.NONE).errorCode()).isEqualTo(ErrorCode.OBJECT_UNCLOSED_QUOTE);
    }

    @Test
    void ofARejectedObjectTheFirstHundredRejectedRowsAreKept() {
        tally.rejectStaged(150, LongStream.rangeClosed(51, 200).boxed().toList());
        tally.rejectStaged(50, LongStream.rangeClosed(1, 50).boxed().toList());

        assertThat(tally.lastKeptLine()).isEqualTo(100);
    }

    private static Batch batch(int staged, int rejected, long superseded) {
        return new Batch(
                Collections.nCopies(staged, new Row(3, List.of("1"))),
                Collections.nCopies(rejected, new RejectedRow(2, null, ErrorCode.CSV_QUOTE, "why", "raw")),
                superseded);
    }
}
