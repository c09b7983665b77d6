package io.caravan.app.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts who has failed to log in, so that nobody tries passwords one after another. Safe for use by several threads. */
final class FailedLogins {

    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_SOURCES = 1_000;

    private final Clock clock;

    /** When each source has failed, the one that was seen last at the end. */
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** Returns whether a source has failed so often within a minute that it has to wait. */
    synchronized boolean areTooMany(String source) {
        @Nullable Deque<Instant> failed = failures.get(source);
        if (failed == null) {
            return false;
        }
        Instant begin = clock.instant().minus(WINDOW);
        while (!failed.isEmpty() && failed.peekFirst().isBefore(begin)) {
            failed.removeFirst();
        }
        return failed.size() >= MOST;
    }

    synchronized void add(String source) {
        failures.computeIfAbsent(source, name -> new ArrayDeque<>()).addLast(clock.instant());
    }
}
