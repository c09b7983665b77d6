package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.replay.TestingReplay;
import io.caravan.load.staging.Staging;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The load protocol while nobody else sees anything: what is dropped, counted, and left to one row for each key. */
class PrivatePartTest {

    private final RejectedObjectException bad =
            new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed");

    private final ScriptedSession session = new ScriptedSession();
    private final ObjectTallies tallies = new ObjectTallies();
    private Feed feed = TestingFeed.of(Mode.UPSERT);

    @Test
    void whatIsGoodIsCountedAndStays() {
        object("a", 3, 1);
        object("b", 2, 0);
        hasStaged(Map.of(1, 3L, 2, 2L), Map.of(1, 1L));

        end(false);

        assertThat(session.calls()).containsExactly("finish", "countStaged", "endPrivatePart");
    }

    @Test
    void ofRejectedObjectsTheRowsGoBeforeAnythingIsCounted() {
        object("a", 3, 0);
        object("b", 2, 2).reject(bad);
        ObjectTally repeated = object("c", 4, 3);
        repeated.leaveOut();
        hasStaged(Map.of(1, 3L), Map.of(2, 2L));

        end(false);

        assertThat(session.calls())
                .containsExactly(
                        "finish",
                        "dropRows [2, 3]",
                        "dropRejectedAfter 2 7",
                        "dropRejectedAfter 3 0",
                        "countStaged",
                        "endPrivatePart");
    }

    @Test
    void ofARejectedObjectOfAReplayWhatWasStagedOfTheDeadLettersGoesToo() {
        object("a", 3, 0).reject(bad);
        hasStaged(Map.of(), Map.of());

        part(TestingReplay.of(true)).end(session.as(StagingSession.class), new Finished(), tallies, false);

        assertThat(session.calls())
                .containsExactly(
                        "finish",
                        "dropRows [1]",
                        "dropReplayed [1]",
                        "dropRejectedAfter 1 0",
                        "countStaged",
                        "endPrivatePart");
    }

    @Test
    void rowsThatDidNotArriveEndTheLoad() {
        object("a", 3, 0);
        hasStaged(Map.of(1, 2L), Map.of());

        assertDoesNotAddUp("object 1 has 3 rows and 0 rejected rows, the staging tables have 2 and 0");
    }

    @Test
    void rejectedRowsThatDidNotArriveEndTheLoad() {
        object("a", 3, 0);
        object("b", 1, 2);
        hasStaged(Map.of(1, 3L, 2, 1L), Map.of(2, 1L));

        assertDoesNotAddUp("object 2 has 1 rows and 2 rejected rows, the staging tables have 1 and 1");
    }

    private void assertDoesNotAddUp(String what) {
        assertThatThrownBy(() -> end(false))
                .isInstanceOfSatisfying(RetryableException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.COUNTS_DO_NOT_ADD_UP))
                .hasMessageEndingWith(what);
        assertThat(session.steps()).doesNotContain("endPrivatePart");
    }

    /** By the time it is known what has arrived, and before anything of it is dropped. */
    @Test
    void objectsWithTheBytesOfOthersAreLookedForOnce() {
        object("a", 1, 0);
        hasStaged(Map.of(1, 1L), Map.of());

        new PrivatePart(feed, session.as(SameContent.class), RowOrigin.OBJECTS)
                .end(session.as(StagingSession.class), new Finished(), tallies, false);

        assertThat(session.steps()).containsExactly("finish", "findElsewhere", "countStaged", "endPrivatePart");
    }

    @Test
    void whereKeysMayRepeatOneRowOfEachStays() {
        object("a", 3, 0);
        hasStaged(Map.of(1, 3L), Map.of());
        session.answer("removeSuperseded", Map.of(1, 2L));

        end(true);

        assertThat(session.calls()).containsExactly("finish", "countStaged", "removeSuperseded", "endPrivatePart");
        assertThat(tallies.compared()).isEqualTo(Map.of(1, 1L));
    }

    @Test
    void anObjectThatRepeatsKeysIsRejectedWhereTheFeedForbidsIt() {
        feed = TestingFeed.of(TestingFeed.policy(Mode.UPSERT, Duplicates.FAIL));
        object("a", 3, 0);
        object("b", 3, 0);
        hasStaged(Map.of(1, 3L, 2, 3L), Map.of());
        session.answer("findRepeatedKeys", Set.of(2)).answer("removeSuperseded", Map.of());

        end(true);

        assertThat(session.calls())
                .containsExactly(
                        "finish",
                        "countStaged",
                        "findRepeatedKeys",
                        "dropRows [2]",
                        "dropRejectedAfter 2 0",
                        "removeSuperseded",
                        "endPrivatePart");
        assertThat(tallies.all()).extracting(ObjectTally::isRejected).containsExactly(false, true);
    }

    @Test
    void whereNoKeysRepeatNothingMoreIsAsked() {
        feed = TestingFeed.of(TestingFeed.policy(Mode.UPSERT, Duplicates.FAIL));
        object("a", 3, 0);
        hasStaged(Map.of(1, 3L), Map.of());
        session.answer("findRepeatedKeys", Set.of()).answer("removeSuperseded", Map.of());

        end(true);

        assertThat(session.calls())
                .containsExactly("finish", "countStaged", "findRepeatedKeys", "removeSuperseded", "endPrivatePart");
    }

    @Test
    void objectsAreNamedForRowsThatSayWhereTheyCameFrom() {
        MergePolicy merge = TestingFeed.policy(Mode.UPSERT, Duplicates.LAST);
        feed = TestingFeed.of(merge, List.of("id"), new Provenance(null, "source", null, null));
        object("a", 1, 0);
        hasStaged(Map.of(1, 1L), Map.of());

        end(false);

        assertThat(session.calls()).containsExactly("finish", "countStaged", "nameObjects {1=in/a}", "endPrivatePart");
    }

    @Test
    void olderSnapshotsHaveTheirTurnIfTheNewestIsRejected() {
        feed = TestingFeed.of(Mode.MIRROR);
        ObjectTally newest = object("b", 1, 0);
        object("a", 0, 0).supersede();
        hasStaged(Map.of(1, 1L), Map.of());

        end(false);
        assertThat(tallies.all()).hasSize(2);

        newest.reject(bad);
        end(false);
        assertThat(tallies.all()).containsExactly(newest);
    }

    @Test
    void theSecondTryIsMadeOfWhatWasStagedBeforeTheFirst() {
        object("a", 3, 0).reject(bad);

        part(RowOrigin.OBJECTS).endWithoutRejected(session.as(StagingSession.class), tallies);

        assertThat(session.calls())
                .containsExactly("undoSharedPart", "dropRows [1]", "dropRejectedAfter 1 0", "endPrivatePart");
    }

    private void end(boolean mayRepeatKeys) {
        part(RowOrigin.OBJECTS).end(session.as(StagingSession.class), new Finished(), tallies, mayRepeatKeys);
    }

    private PrivatePart part(RowOrigin origin) {
        return new PrivatePart(feed, SameContent.NONE, origin);
    }

    private void hasStaged(Map<Integer, Long> rows, Map<Integer, Long> rejected) {
        session.answer("countStaged", Map.of(StagingTable.ROWS, rows, StagingTable.REJECTED, rejected));
    }

    /** Rejected rows stand on the lines from 6 on. */
    private ObjectTally object(String key, int rows, int rejected) {
        ObjectTally tally = tallies.begin(new ObjectVersion("b", "in/" + key, "e", 1, Instant.EPOCH), false, false);
        List<RejectedRow> badRows = new ArrayList<>();
        for (int i = 0; i < rejected; i++) {
            badRows.add(new RejectedRow(6 + i, null, ErrorCode.CSV_QUOTE, "why", "raw"));
        }
        tally.add(new Batch(Collections.nCopies(rows, new Row(3, List.of("1"))), badRows, 0));
        return tally;
    }

    private final class Finished implements Staging {

        @Override
        public void write(StagingTable table, Consumer<RowWriter> rows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void finish(List<ObjectTally> all) {
            session.calls().add("finish");
        }

        @Override
        public void close() {}
    }
}
