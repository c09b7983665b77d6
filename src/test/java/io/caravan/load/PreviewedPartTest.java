package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.preview.LoadPreview;
import io.caravan.load.preview.PlannedWarehouse;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.preview.Deletions;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.spi.Warehouse;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the place of the one transaction on the target: the same questions, and nothing that locks or writes. */
class PreviewedPartTest {

    private static final LoadScripts SCRIPTS = new LoadScripts() {
        @Override
        public void beforeMerge() {
            throw new AssertionError("a preview runs nothing of the feed's own");
        }

        @Override
        public void afterMerge() {
            throw new AssertionError("a preview runs nothing of the feed's own");
        }
    };

    private final LoadParts parts = new LoadParts();
    private final List<LoadPreview> previews = new ArrayList<>();

    @BeforeEach
    void answer() {
        parts.session
                .answer("readLedger", List.of())
                .answer("countTarget", 10L)
                .answer("statements", List.of("MERGE"))
                .answer("readRows", List.of())
                .answer("countRejected", List.of())
                .answer("readRejected", List.of());
    }

    @Test
    void nothingIsLockedMergedOrWritten() {
        changes(new ChangeCounts(2, 1, 0, 0, 0));

        end(5);

        assertThat(parts.session.steps())
                .containsExactly(
                        "readLedger",
                        "countTarget",
                        "findChanges",
                        "statements",
                        "readRows",
                        "countRejected",
                        "readRejected",
                        "close");
        assertThat(previews).singleElement().satisfies(preview -> {
            assertThat(preview.load().counts()).isEqualTo(new LoadCounts(5, 2, 1, 2, 0, 0));
            assertThat(preview.position()).isEqualTo(7);
            assertThat(preview.statements()).containsExactly("MERGE");
        });
    }

    @Test
    void nobodySeesValuesWhoWantsNoRows() {
        changes(new ChangeCounts(2, 1, 0, 0, 0));

        end(0);

        assertThat(parts.session.steps()).doesNotContain("readRows", "readRejected");
    }

    @Test
    void itStartsAgainWhereALoadWould() {
        parts.session.answer(
                "readLedger", List.of(new LedgerMark(8, "f", "b", "in/x", "e", 1, Instant.EPOCH, Outcome.LOADED)));

        assertThatThrownBy(() -> end(5)).isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.LEDGER_MOVED));
    }

    @Test
    void whatTheGuardRefusesIsSaidOfTheLoadWithoutIt() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        changes(new ChangeCounts(0, 0, 0, 0, 5));
        PreviewedPart part = part(5);
        add();

        assertThatThrownBy(() -> part.end(parts.session.asLoadSession(), parts.tallies, SCRIPTS, PhaseTimes.NONE))
                .isInstanceOf(RejectedObjectException.class);
        assertThat(previews).isEmpty();

        parts.tallies.rejectGood(new RejectedObjectException(ErrorCode.OBJECT_DELETES_TOO_MUCH, "too much"));
        parts.session.answer("findChanges", new TargetChanges(Map.of(), Way.AS_USUAL));
        part.end(parts.session.asLoadSession(), parts.tallies, SCRIPTS, PhaseTimes.NONE);

        assertThat(previews).singleElement().satisfies(preview -> assertThat(preview.deletions())
                .isEqualTo(new Deletions(5, 5, 10, parts.feed.merge().maxDeletedRatio())));
    }

    private void changes(ChangeCounts counts) {
        parts.session.answer("findChanges", new TargetChanges(Map.of(1, counts), Way.AS_USUAL));
    }

    private void end(int rows) {
        add();
        part(rows).end(parts.session.asLoadSession(), parts.tallies, SCRIPTS, PhaseTimes.NONE);
    }

    private PreviewedPart part(int rows) {
        return new PreviewedPart(
                parts.task(),
                7,
                new PlannedWarehouse(parts.session.as(Warehouse.class), false),
                rows,
                previews::add,
                new TestingClock());
    }

    private void add() {
        parts.tallies
                .begin(new ObjectVersion("b", "in/a", "e", 1, Instant.EPOCH), false, false)
                .add(new Batch(Collections.nCopies(5, new Row(3, List.of("1"))), List.of(), 0));
    }
}
