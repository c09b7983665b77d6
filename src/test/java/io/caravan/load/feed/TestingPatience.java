package io.caravan.load.feed;

import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets the clock go on instead of waiting. */
final class TestingPatience implements Patience {

    private final TestingClock clock;
    private final List<Long> waits = new ArrayList<>();
    private boolean ends;
    private Runnable action = () -> {};
    private boolean over;

    TestingPatience(TestingClock clock) {
        this.clock = clock;
    }

    void endsWithNextWait() {
        ends = true;
    }

    void duringNextWait(Runnable happens) {
        action = happens;
    }

    /** Returns how many seconds it was to wait each time. */
    List<Long> waits() {
        return waits;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void await(Duration delay) {
        waits.add(delay.toSeconds());
        clock.pass(delay);
        action.run();
        action = () -> {};
        over = ends;
    }
}
