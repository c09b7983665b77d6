package io.caravan.testing;

import io.caravan.base.CaravanException;
import io.caravan.spi.Notifications;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what it is told to; if that is nothing, its wait lets the clock go on. */
public final class TestingNotifications implements Notifications {

    private final TestingClock clock;
    private final Deque<Set<String>> told = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private @Nullable CaravanException failure;

    public TestingNotifications(TestingClock clock) {
        this.clock = clock;
    }

    public void tell(String... keys) {
        told.add(Set.of(keys));
    }

    /** Fails each time, until it is given null. */
    public void fail(@Nullable CaravanException reason) {
        failure = reason;
    }

    /** Returns how long it was allowed to wait each time. */
    public List<Duration> waits() {
        return waits;
    }

    @Override
    public Set<String> take(Duration wait) {
        waits.add(wait);
        if (failure != null) {
            throw failure;
        }
        if (told.isEmpty()) {
            clock.pass(wait);
            return Set.of();
        }
        return told.remove();
    }

    @Override
    public long probe() {
        return told.size();
    }

    @Override
    public void open() {}

    @Override
    public void close() {}
}
