package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import io.caravan.model.status.FeedStatus;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The pace of a feed: when it loads, when it tries again, and when it is left alone. */
class FeedLoadsTest {

    private final TestingFeedLoads feed = new TestingFeedLoads();
    private final TestingClock clock = feed.clock();
    private final TestingSource source = feed.source();
    private final TestingPatience patience = feed.patience();
    private final ToldWords told = feed.told();
    private final TestingWarehouse warehouse = feed.warehouse();
    private final FeedLoads loads = feed.loads();

    @Test
    void aFeedThatCannotLoadIsStoppedThoughItHasNoObject() {
        source.unfit(ErrorCode.TARGET_NOT_FOUND);

        assertThat(loads.poll()).isZero();
        assertThat(loads.status().isStopped()).isTrue();

        source.put("a");
        clock.pass(Duration.ofMinutes(1));
        assertThat(loads.poll()).isZero();
        assertThat(source.tries()).isEmpty();
        assertThat(loads.status().backlog().objects()).isEqualTo(1);

        source.unfit(null);
        clock.pass(Duration.ofMinutes(2));
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(loads.status().isFailing()).isFalse();
    }

    @Test
    void groupsLoadInOrder() {
        source.put("a", "b", "c", "d", "e");

        assertThat(loads.poll()).isEqualTo(5);
        assertThat(source.tries()).containsExactly("abcd", "e");
        assertThat(loads.status().isFailing()).isFalse();
        assertThat(loads.status().lastGood()).isEqualTo(clock.instant());
    }

    @Test
    void aLoadThatFailsIsTriedAgainAsAWholeAfterDelaysThatGrow() {
        source.put("a", "b");
        source.failNext(4, ErrorCode.WAREHOUSE_CONFLICT);

        loads.poll();

        assertThat(source.tries()).containsExactly("ab", "ab", "ab", "ab", "ab");
        assertThat(patience.waits()).containsExactly(1L, 2L, 4L, 8L);
        assertThat(told.words())
                .containsExactly(
                        "WAREHOUSE_CONFLICT 1 of 5, next in 1",
                        "WAREHOUSE_CONFLICT 2 of 5, next in 2",
                        "WAREHOUSE_CONFLICT 3 of 5, next in 4",
                        "WAREHOUSE_CONFLICT 4 of 5, next in 8");
        assertThat(warehouse.loads()).as("recorded as failed").isEmpty();
        assertThat(loads.status().isFailing()).isFalse();
    }

    @Test
    void whatFailsForEveryObjectKeepsTheFeedWaitingInOrder() {
        source.put("a", "b", "c", "d", "e");
        source.failNext(7, ErrorCode.WAREHOUSE_CONFLICT);

        loads.poll();

        assertThat(source.tries()).containsExactly("abcd", "abcd", "abcd", "abcd", "abcd");
        assertThat(feed.recorded()).containsExactly("WAREHOUSE_CONFLICT []");
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_CONFLICT, next in 60");
        FeedStatus status = loads.status();
        assertThat(status.isFailing()).isTrue();
        assertThat(status.isStopped()).isFalse();
        assertThat(status.failingSince()).isEqualTo(clock.instant());
        assertThat(status.nextTry()).isEqualTo(clock.instant().plusSeconds(60));

        // One try in each turn, and the turns become rare.
        clock.passSeconds(59);
        assertThat(loads.poll()).isZero();
        clock.passSeconds(1);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed still fails: WAREHOUSE_CONFLICT, next in 120");
        clock.passSeconds(120);
        loads.poll();
        assertThat(source.tries()).hasSize(7);
        assertThat(feed.recorded()).as("once for a reason").hasSize(1);

        clock.passSeconds(240);
        assertThat(loads.poll()).isEqualTo(5);
        assertThat(source.tries().subList(7, 9)).containsExactly("abcd", "e");
        assertThat(told.last()).isEqualTo("feed recovered");
        assertThat(loads.status().isFailing()).isFalse();
    }

    @Test
    void aLedgerThatWasNeverReadIsNotAskedMoreOften() {
        source.put("a");
        source.failNextListing(1, ErrorCode.WAREHOUSE_DENIED);
        loads.poll();
        loads.poll();
        assertThat(source.looks()).isZero();
    }

    @Test
    void aStoreThatFailsIsNotAskedMoreOften() {
        loads.poll();
        source.put("a");
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);
        loads.poll();
        loads.poll();
        assertThat(source.looks()).isZero();
    }

    @Test
    void aPassFailsWhenItsTriesAreUsedUp() {
        source.put("a");
        source.failNext(5, ErrorCode.WAREHOUSE_UNREACHABLE);

        assertThatThrownBy(loads::pass).hasMessage("WAREHOUSE_UNREACHABLE");
        assertThat(patience.waits()).containsExactly(1L, 2L, 4L, 8L);
        assertThat(feed.recorded()).as("in a warehouse that is away").isEmpty();
    }

    @Test
    void aListingThatFailsIsTriedAgainToo() {
        source.put("a");
        source.failNextListing(2, ErrorCode.OBJECT_STORE_BUSY);

        assertThat(loads.poll()).isEqualTo(1);
        assertThat(patience.waits()).containsExactly(1L, 2L);
    }

    @Test
    void aFeedThatNeedsSomebodysHelpStopsAtOnceAndIsLookedAtAgain() {
        source.put("a");
        source.failNext(2, ErrorCode.WAREHOUSE_DENIED);

        loads.poll();
        assertThat(source.tries()).hasSize(1);
        assertThat(told.words()).containsExactly("feed fails: WAREHOUSE_DENIED, next in 60");
        assertThat(loads.status().isStopped()).isTrue();

        clock.passSeconds(60);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed still fails: WAREHOUSE_DENIED, next in 120");
        clock.passSeconds(120);
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(told.last()).isEqualTo("feed recovered");
    }

    @Test
    void aListingThatIsDeniedStopsTheFeed() {
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);

        loads.poll();
        assertThat(told.words()).containsExactly("feed fails: OBJECT_STORE_DENIED, next in 60");
    }

    @Test
    void aNewReasonIsToldInFull() {
        source.put("a");
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);
        source.failNext(1, ErrorCode.WAREHOUSE_DENIED);

        loads.poll();
        clock.passSeconds(60);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_DENIED, next in 120");
    }

    @Test
    void anOvertakenLoadIsNoFailure() {
        source.put("a", "b");
        source.failNext(4, ErrorCode.LEDGER_MOVED);

        assertThat(loads.poll()).isEqualTo(10);
        assertThat(source.tries()).hasSize(5);
        assertThat(patience.waits()).isEmpty();
        assertThat(told.words()).isEmpty();
        assertThat(feed.recorded()).isEmpty();
    }

    @Test
    void whoIsAlwaysOvertakenWaits() {
        source.put("a");
        source.failNext(5, ErrorCode.LEDGER_MOVED);

        loads.poll();
        assertThat(told.words()).containsExactly("feed fails: LEDGER_MOVED, next in 60");
    }

    @Test
    void aFeedThatIsToStopWaitsForNothing() {
        source.put("a");
        source.failNext(1, ErrorCode.WAREHOUSE_CONFLICT);
        patience.endsWithNextWait();

        loads.poll();
        assertThat(source.tries()).hasSize(1);
        assertThat(loads.status().isFailing()).isFalse();
        assertThat(loads.poll()).isZero();
        assertThat(source.tries()).hasSize(1);
    }

    /** Whatever fails and for how long, every good object loads once, and in order. */
    @Test
    void goodObjectsLoadOnceAndInOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            TestingFeedLoads chaos = new TestingFeedLoads(random);
            FeedLoads chaosLoads = chaos.loads();
            chaos.source().groupSize(1 + random.nextInt(20));
            StringBuilder good = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                String key = (char) ('A' + i) + "";
                chaos.source().put(key);
                if (random.nextInt(8) == 0) {
                    chaos.source().bad(key, any(random, Reaction.RETRYABLE_APART, Reaction.SET_ASIDE));
                } else {
                    good.append(key);
                }
            }
            for (int polls = 0; polls < 50; polls++) {
                if (!chaos.source().isToFail() && random.nextInt(2) == 0) {
                    chaos.source().failNext(random.nextInt(8), any(random, Reaction.RETRYABLE, Reaction.FATAL));
                }
                chaosLoads.poll();
                chaos.clock().pass(Duration.ofMinutes(10));
            }
            assertThat(chaos.source().loaded())
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(good.toString());
        }
    }

    private static ErrorCode any(Random random, Reaction... reactions) {
        List<ErrorCode> codes = List.of(ErrorCode.values()).stream()
                .filter(code -> List.of(reactions).contains(code.reaction()))
                .toList();
        return codes.get(random.nextInt(codes.size()));
    }
}
