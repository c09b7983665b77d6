package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.testing.TestingNotifications;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Small objects are loaded together, if the feed lets them gather. */
class GatheringTest {

    private final TestingFeedLoads feed = new TestingFeedLoads();
    private final TestingSource source = feed.source();

    @Test
    void theFirstObjectWaitsForOthers() {
        FeedLoads loads = loads(null);
        assertThat(loads.poll()).isZero();
        assertThat(feed.patience().waits()).as("without an object").isEmpty();

        source.put("a");
        feed.patience().duringNextWait(() -> source.put("b", "c"));
        assertThat(loads.poll()).isEqualTo(3);

        assertThat(source.tries()).containsExactly("abc");
        assertThat(feed.patience().waits()).containsExactly(30L);
    }

    @Test
    void aFullLoadDoesNotWait() {
        FeedLoads loads = loads(null);
        source.put("a", "b", "c", "d", "e");

        assertThat(loads.poll()).isEqualTo(5);

        assertThat(source.tries()).containsExactly("abcd", "e");
        assertThat(feed.patience().waits()).isEmpty();
    }

    @Test
    void aSinglePassDoesNotWait() {
        FeedLoads loads = loads(null);
        source.put("a");

        assertThat(loads.pass()).isEqualTo(1);

        assertThat(feed.patience().waits()).isEmpty();
    }

    @Test
    void whatIsLeftOverByALoadDoesNotWaitAgain() {
        FeedLoads loads = loads(null);
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_GONE);

        loads.poll();

        assertThat(source.tries()).startsWith("ab");
        assertThat(feed.patience().waits()).containsOnlyOnce(30L);
    }

    @Test
    void aFeedThatIsToStopLoadsNothingMore() {
        FeedLoads loads = loads(null);
        source.put("a");
        feed.patience().endsWithNextWait();

        assertThat(loads.poll()).isZero();

        assertThat(source.tries()).isEmpty();
    }

    @Test
    void whatIsToldOfWhileObjectsGatherJoinsThem() {
        TestingNotifications notifications = new TestingNotifications(feed.clock());
        source.listed(1_000_000);
        FeedLoads loads = loads(notifications);
        loads.poll();
        source.put("x/a", "z/a");
        notifications.tell("x/a");
        feed.patience().duringNextWait(() -> {
            source.put("x/b", "y/c");
            notifications.tell("y/c");
        });

        assertThat(loads.poll()).isEqualTo(3);

        assertThat(source.tries()).containsExactly("x/ax/by/c");
        assertThat(source.scopes()).containsExactly(List.of(""), List.of("x/"), List.of("x/", "y/"));
    }

    private FeedLoads loads(@Nullable TestingNotifications notifications) {
        return feed.loads(
                LoadSlots.unlimited(),
                new FeedWatch(
                        List.of(""),
                        notifications,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        false,
                        null,
                        Duration.ofSeconds(30)));
    }
}
