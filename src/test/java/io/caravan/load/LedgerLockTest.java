package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.replay.TestingReplay;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.TargetSession;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entries let a load begin again stands in {@link SharedPartTest}. */
class LedgerLockTest {

    private final LoadParts parts = new LoadParts();

    @Test
    void whereTheLedgerHasGainedNothingItsPositionIsTheKnownOne() {
        parts.session.answer("lockLedger", List.of());

        assertThat(take()).isEqualTo(7);
        assertThat(parts.session.calls()).containsExactly("lockLedger 7 0");
    }

    @Test
    void entriesOfOthersMoveIt() {
        parts.session.answer("lockLedger", List.of(mark(8), mark(9)));

        assertThat(take()).isEqualTo(9);
    }

    @Test
    void aReplayOfNothingMarksNothing() {
        parts.origin = TestingReplay.of(true);
        parts.session.answer("lockLedger", List.of(mark(8))).answer("markReplayed", 0L);

        assertThat(take()).isEqualTo(8);
        assertThat(parts.session.steps()).containsExactly("lockLedger", "markReplayed");
    }

    private long take() {
        return new LedgerLock(parts.task(), 7).take(parts.session.as(TargetSession.class), parts.tallies);
    }

    private static LedgerMark mark(long position) {
        return new LedgerMark(position, "f", "other", "k", "e", 1, Instant.EPOCH, Outcome.LOADED);
    }
}
