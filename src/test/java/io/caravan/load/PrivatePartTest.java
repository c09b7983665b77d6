package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
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

        end(false);

        assertThat(session.calls()).containsExactly("finish", "endPrivatePart");
    }

    @Test
    void ofRejectedObjectsTheRowsGoBeforeAnythingIsCounted() {
        object("a", 3, 0);
        object("b", 2, 2).reject(bad);
        ObjectTally repeated = object("c", 4, 3);
        repeated.leaveOut();

        end(false);

        assertThat(session.calls())
                .containsExactly(
                        "finish",
                        "dropRows [2, 3]",
                        "dropRejectedAfter 2 7",
                        "dropRejectedAfter 3 0",
                        "endPrivatePart");
    }

    @Test
    void ofARejectedObjectOfAReplayWhatWasStagedOfTheDeadLettersGoesToo() {
        object("a", 3, 0).reject(bad);

        part(TestingReplay.of(true)).end(session.as(StagingSession.class), new Finished(), tallies, false);

        assertThat(session.calls())
                .containsExactly(
                        "finish", "dropRows [1]", "dropReplayed [1]", "dropRejectedAfter 1 0", "endPrivatePart");
    }

    /** By the time it is known what has arrived, and before anything of it is dropped. */
    @Test
    void objectsWithTheBytesOfOthersAreLookedForOnce() {
        object("a", 1, 0);

        new PrivatePart(feed, session.as(SameContent.class), RowOrigin.OBJECTS)
                .end(session.as(StagingSession.class), new Finished(), tallies, false);

        assertThat(session.steps()).containsExactly("finish", "findElsewhere", "endPrivatePart");
    }

    @Test
    void whereKeysMayRepeatOneRowOfEachStays() {
        object("a", 3, 0);
        session.answer("removeSuperseded", Map.of(1, 2L));

        end(true);

        assertThat(session.calls()).containsExactly("finish", "removeSuperseded", "endPrivatePart");
        assertThat(tallies.compared()).isEqualTo(Map.of(1, 1L));
    }

    @Test
    void anObjectThatRepeatsKeysIsRejectedWhereTheFeedForbidsIt() {
        feed = TestingFeed.of(TestingFeed.policy(Mode.UPSERT, Duplicates.FAIL));
        object("a", 3, 0);
        object("b", 3, 0);
        session.answer("findRepeatedKeys", Set.of(2)).answer("removeSuperseded", Map.of());

        end(true);

        assertThat(session.calls())
                .containsExactly(
                        "finish",
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
        session.answer("findRepeatedKeys", Set.of()).answer("removeSuperseded", Map.of());

        end(true);

        assertThat(session.calls()).containsExactly("finish", "findRepeatedKeys", "removeSuperseded", "endPrivatePart");
    }

    @Test
    void objectsAreNamedForRowsThatSayWhereTheyCameFrom() {
        MergePolicy merge = TestingFeed.policy(Mode.UPSERT, Duplicates.LAST);
        feed = TestingFeed.of(merge, List.of("id"), new Provenance(null, "source", null, null));
        object("a", 1, 0);

        end(false);

        assertThat(session.calls()).containsExactly("finish", "nameObjects {1=in/a}", "endPrivatePart");
    }

    @Test
    void olderSnapshotsHaveTheirTurnIfTheNewestIsRejected() {
        feed = TestingFeed.of(Mode.MIRROR);
        ObjectTally newest = object("b", 1, 0);
        object("a", 0, 0).supersede();

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
