package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.spi.LoadListener;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingNotifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a feed looks, by what it is told. */
class LookoutTest {

    private static final Scope EVERYTHING = new Scope(List.of("in/"));
    private static final long MANY = 1_000_000;

    private final TestingClock clock = new TestingClock();
    private final TestingNotifications notifications = new TestingNotifications(clock);
    private final List<String> told = new ArrayList<>();
    private final Lookout lookout = lookout(false);

    @Test
    void firstEverythingThenTheFoldersOfWhatItIsToldOf() {
        notifications.tell("in/2026/a.csv", "in/2026/b.csv", "in/2025/c.csv", "in/2025/12/d.csv");

        assertThat(look(MANY)).isEqualTo(EVERYTHING);
        assertThat(notifications.waits()).isEmpty();
        assertThat(look(4)).isEqualTo(new Scope(List.of("in/2025/", "in/2026/")));
    }

    @Test
    void aFolderAboveThePrefixIsThePrefix() {
        notifications.tell("in/a.csv");

        look(MANY);
        assertThat(look(MANY)).isEqualTo(EVERYTHING);
    }

    @Test
    void whereThereIsLittleItLooksAtEverythingToKeepTheOrder() {
        notifications.tell("in/2026/a.csv");

        look(10_000);
        assertThat(look(10_000)).isEqualTo(EVERYTHING);
    }

    @Test
    void whereKeysAreInOrderWhatLiesElsewhereMayComeBefore() {
        Lookout ordered = lookout(true);
        notifications.tell("in/2026/a.csv");

        look(ordered, MANY);
        assertThat(look(ordered, MANY)).isEqualTo(EVERYTHING);
    }

    @Test
    void ofSeveralPrefixesItLooksWhereNewsComesFrom() {
        Lookout several = lookout(List.of("in/", "more/b"), false);
        Scope everything = new Scope(List.of("in/", "more/b"));
        notifications.tell("in/2026/a.csv", "more/b1.csv", "more/b2/c.csv");

        assertThat(look(several, MANY)).isEqualTo(everything);
        assertThat(look(several, 3)).isEqualTo(new Scope(List.of("in/2026/", "more/b")));
    }

    @Test
    void manyFoldersAreWorthALookAtEverything() {
        notifications.tell(folders(20));
        notifications.tell(folders(21));

        look(MANY);
        assertThat(look(20).prefixes()).hasSize(20);
        assertThat(look(MANY)).isEqualTo(EVERYTHING);
    }

    @Test
    void withoutNewsItLooksAtNothingUntilItIsTimeForEverything() {
        look(MANY);
        List<Scope> scopes =
                IntStream.range(0, 30).mapToObj(i -> look(0)).distinct().toList();

        assertThat(scopes).containsExactly(Scope.NOTHING, EVERYTHING);
        assertThat(clock.instant()).isEqualTo("1970-01-01T00:10:00Z");
        assertThat(notifications.waits()).hasSize(30).containsOnly(Duration.ofSeconds(20));
    }

    @Test
    void itWaitsNoLongerThanUntilItIsTimeForEverything() {
        look(MANY);
        clock.pass(Duration.ofSeconds(593));

        assertThat(look(MANY)).isEqualTo(EVERYTHING);
        assertThat(notifications.waits()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aLookThatIsNotSettledIsFollowedByOneAtEverything() {
        notifications.tell("in/2026/a.csv");

        look(MANY);
        assertThat(lookout.next()).isEqualTo(new Scope(List.of("in/2026/")));
        assertThat(look(MANY)).isEqualTo(EVERYTHING);
        assertThat(look(MANY)).isEqualTo(Scope.NOTHING);
    }

    @Test
    void aQueueThatFailsIsAsNone() {
        look(MANY);
        notifications.fail(new InvalidConfigurationException(ErrorCode.QUEUE_DENIED, "denied"));

        for (int i = 0; i < 20; i++) {
            assertThat(look(MANY)).isEqualTo(EVERYTHING);
        }
        assertThat(clock.instant()).as("twenty pollDelays").isEqualTo("1970-01-01T00:01:40Z");
        assertThat(notifications.waits()).as("once in 10 s").hasSize(10);
        assertThat(told).hasSize(10).startsWith("QUEUE_DENIED", "still").endsWith("still");

        notifications.fail(null);
        notifications.tell("in/2026/a.csv");
        clock.pass(Duration.ofSeconds(10));
        assertThat(look(1)).isEqualTo(new Scope(List.of("in/2026/")));
        assertThat(told).last().isEqualTo("recovered");
    }

    private Scope look(long objects) {
        return look(lookout, objects);
    }

    private static Scope look(Lookout lookout, long objects) {
        Scope scope = lookout.next();
        if (!scope.equals(Scope.NOTHING)) {
            lookout.saw(objects);
        }
        lookout.settled();
        return scope;
    }

    private Lookout lookout(boolean looksAtAll) {
        return lookout(List.of("in/"), looksAtAll);
    }

    private Lookout lookout(List<String> prefixes, boolean looksAtAll) {
        FeedWatch watch = new FeedWatch(
                prefixes,
                notifications,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                looksAtAll,
                null,
                Duration.ZERO);
        Patience patience = new Patience() {

            @Override
            public boolean isOver() {
                return false;
            }

            @Override
            public void await(Duration delay) {
                clock.pass(delay);
            }
        };
        return new Lookout("employee", watch, new Listener(), patience, clock);
    }

    private static String[] folders(int count) {
        return IntStream.range(0, count).mapToObj(i -> "in/" + i + "/a.csv").toArray(String[]::new);
    }

    private final class Listener implements LoadListener {

        @Override
        public void notificationsFailed(String feedName, CaravanException reason, boolean isKnown) {
            told.add(isKnown ? "still" : reason.code().name());
        }

        @Override
        public void notificationsRecovered(String feedName) {
            told.add("recovered");
        }
    }
}
