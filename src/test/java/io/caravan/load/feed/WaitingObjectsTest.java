package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.status.Backlog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingObjectsTest {

    private static final Scope ALL = new Scope(List.of(""));

    private final WaitingObjects waiting = new WaitingObjects();
    private final ObjectVersion a = version("x/a", 1, 10);
    private final ObjectVersion b = version("y/b", 2, 20);
    private final ObjectVersion c = version("x/c", 3, 30);

    @Test
    void onlyWhatNobodyHasFoundBeforeIsDiscovered() {
        assertThat(waiting.backlog()).isEqualTo(Backlog.NONE);
        assertThat(waiting.found(List.of(a, b), ALL)).containsExactly(a, b);
        assertThat(waiting.found(List.of(a, b, c), ALL)).containsExactly(c);
        assertThat(waiting.backlog()).isEqualTo(new Backlog(3, 60, a.lastModified()));
    }

    @Test
    void whatWasNotLookedAtStays() {
        waiting.found(List.of(a, b), ALL);

        waiting.found(List.of(c), new Scope(List.of("x/")));

        assertThat(waiting.backlog()).isEqualTo(new Backlog(2, 50, b.lastModified()));
    }

    @Test
    void whatIsDealtWithWaitsNoMoreAndCountsOnce() {
        waiting.found(List.of(a, b), ALL);

        waiting.dealtWith(List.of(a, c));
        waiting.dealtWith(List.of(a));

        assertThat(waiting.backlog()).isEqualTo(new Backlog(1, 20, b.lastModified()));
        assertThat(waiting.found(List.of(a), ALL)).as("it is wanted again").containsExactly(a);
    }

    private static ObjectVersion version(String key, long second, long bytes) {
        return new ObjectVersion("b", key, "e", bytes, Instant.ofEpochSecond(second));
    }
}
