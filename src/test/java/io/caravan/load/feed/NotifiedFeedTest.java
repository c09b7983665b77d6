package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingNotifications;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A feed that is told where new objects are looks there alone, unless something has failed. */
class NotifiedFeedTest {

    private final TestingFeedLoads feed = new TestingFeedLoads();
    private final TestingClock clock = feed.clock();
    private final TestingSource source = feed.source();
    private FeedLoads loads = feed.loads();

    @Test
    void aFeedWithNotificationsLooksOnlyWhereItIsTold() {
        TestingNotifications notifications = withNotifications();
        source.put("x/b", "y/c", "x/a");
        loads.poll();
        source.put("x/e", "y/f", "x/d");

        notifications.tell("x/d");
        assertThat(loads.poll()).isEqualTo(2);
        assertThat(loads.poll()).as("nobody told of more").isZero();
        assertThat(source.tries()).containsExactly("x/by/cx/a", "x/ex/d");
        assertThat(source.scopes()).containsExactly(List.of(""), List.of("x/"));

        clock.passSeconds(600);
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(source.tries()).last().isEqualTo("y/f");
    }

    @Test
    void whatIsSetAsideStaysSoWhereNobodyLooks() {
        TestingNotifications notifications = withNotifications();
        source.bad("x/a", ErrorCode.OBJECT_DENIED);
        source.bad("y/a", ErrorCode.OBJECT_DENIED);
        source.put("x/a", "y/a", "x/b");
        loads.poll();
        assertThat(loads.status().setAside()).hasSize(2);

        source.put("x/a");
        source.cure("x/a");
        notifications.tell("x/a");
        loads.poll();
        assertThat(loads.status().setAside())
                .extracting(aside -> aside.object().key())
                .containsExactly("y/a");

        source.cure("y/a");
        clock.passSeconds(60);
        loads.poll();
        assertThat(loads.status().setAside()).isEmpty();
        assertThat(source.loaded()).isEqualTo("x/bx/ay/a");
    }

    @Test
    void aFailureIsFollowedByALookAtEverything() {
        TestingNotifications notifications = withNotifications();
        loads.poll();
        source.put("x/a", "y/b");
        source.failNext(5, ErrorCode.WAREHOUSE_CONFLICT);

        notifications.tell("x/a");
        loads.poll();
        assertThat(loads.status().isFailing()).isTrue();
        assertThat(loads.poll()).as("it waits").isZero();
        assertThat(notifications.waits()).hasSize(1);

        clock.passSeconds(60);
        assertThat(loads.poll()).isEqualTo(2);
        List<String> everything = List.of("");
        assertThat(source.scopes())
                .as("and one look, by what is known, while it waits")
                .containsExactly(everything, List.of("x/"), everything, everything);
    }

    /** Of a feed of so many objects that it does not look at all of them each time. */
    private TestingNotifications withNotifications() {
        TestingNotifications notifications = new TestingNotifications(clock);
        source.listed(1_000_000);
        loads = feed.loads(
                LoadSlots.unlimited(),
                new FeedWatch(
                        List.of(""),
                        notifications,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        false,
                        null,
                        Duration.ZERO));
        return notifications;
    }
}
