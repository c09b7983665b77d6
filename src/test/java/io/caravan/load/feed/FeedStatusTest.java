package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.model.status.Backlog;
import io.caravan.model.status.FeedStatus;
import io.caravan.testing.TestingClock;
import io.caravan.testing.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is said of a feed: whether it waits, what is left to do, and what was rejected. */
class FeedStatusTest {

    private final TestingFeedLoads feed = new TestingFeedLoads();
    private final TestingClock clock = feed.clock();
    private final TestingSource source = feed.source();
    private final ToldWords told = feed.told();
    private FeedLoads loads = feed.loads();

    @Test
    void aLoadWaitsForItsTurnAndFailsNothing() throws Exception {
        LoadSlots slots = new LoadSlots(1);
        loads = feed.loads(slots, FeedWatch.polling(""));
        source.put("a");
        assertThat(slots.takeAtOnce()).isTrue();
        ExecutorService polling = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> poll = polling.submit(() -> loads.poll());
            Waiting.until("it waits", () -> loads.status().isWaiting());
            assertThat(loads.status().isFailing()).isFalse();
            assertThat(loads.status().backlog().objects()).isEqualTo(1);

            slots.giveBack();
            assertThat(poll.get()).isEqualTo(1);
        } finally {
            polling.shutdownNow();
        }
        assertThat(loads.status().isWaiting()).isFalse();
        assertThat(slots.takeAtOnce()).isTrue();
    }

    @Test
    void theBacklogShrinksWithEachLoad() {
        List<Backlog> backlogs = new ArrayList<>();
        source.duringLoad(() -> backlogs.add(loads.status().backlog()));
        source.groupSize(2);
        source.put("a", "b", "c");

        loads.poll();

        assertThat(backlogs)
                .containsExactly(
                        new Backlog(3, 3, Instant.ofEpochSecond(1)), new Backlog(1, 1, Instant.ofEpochSecond(3)));
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
        assertThat(told.found()).containsExactly("3 objects, 3 bytes");
    }

    @Test
    void whatArrivesWhileTheFeedIsLeftAloneWaitsToo() {
        source.put("a");
        source.failNext(5, ErrorCode.WAREHOUSE_CONFLICT);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(new Backlog(1, 1, Instant.ofEpochSecond(1)));

        source.put("b", "c");
        assertThat(loads.poll()).isZero();
        assertThat(loads.status().backlog()).isEqualTo(new Backlog(3, 3, Instant.ofEpochSecond(1)));
        assertThat(loads.status().newestObject()).isEqualTo(Instant.ofEpochSecond(3));
        assertThat(told.found()).containsExactly("1 objects, 1 bytes", "2 objects, 2 bytes");

        clock.passSeconds(60);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
        assertThat(told.found()).as("found again").hasSize(2);
    }

    @Test
    void anObjectSetAsideStaysInTheBacklog() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(new Backlog(1, 1, Instant.ofEpochSecond(1)));

        source.cure("a");
        clock.passSeconds(60);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
    }

    @Test
    void theFirstPassIsOverWhenAllIsDealtWithOrTheFeedFails() {
        List<Boolean> during = new ArrayList<>();
        source.duringLoad(() -> during.add(loads.status().firstPassOver()));
        assertThat(loads.status().firstPassOver()).isFalse();
        source.put("a", "b");
        loads.poll();
        assertThat(during).containsExactly(false);
        assertThat(loads.status().firstPassOver()).isTrue();

        loads = feed.loads();
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);
        loads.poll();
        assertThat(loads.status().firstPassOver()).isTrue();
    }

    @Test
    void theStatusCountsWhatWasRejected() {
        source.put("a", "r", "b");
        loads.poll();

        FeedStatus status = loads.status();
        assertThat(status.rejectedRows()).isEqualTo(5);
        assertThat(status.rejectedObjects()).isEqualTo(1);
        assertThat(status.lastLoad()).isEqualTo(clock.instant());
    }
}
