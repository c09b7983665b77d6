package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.Reaction;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.status.Backlog;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingNotifications;
import io.caravan.testing.TestingWarehouse;
import io.caravan.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a feed's objects, whatever fails. */
class FeedLoadsTest {

    private static final TableName TARGET = TableName.parse("public.employee");

    /** Five tries a load, after 1, 2, 4 and 8 seconds; then pauses of 60, 120, ... 600 seconds. */
    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    /** Takes nothing off a delay. */
    private static final RandomGenerator LEAST = () -> 0;

    private final TestingClock clock = new TestingClock();
    private final Source source = new Source();
    private final TestingPatience patience = new TestingPatience();
    private final Told told = new Told();
    private final TestingWarehouse warehouse = warehouse();
    private FeedLoads loads = feedLoads();

    private static TestingWarehouse warehouse() {
        Column id = new Column("id", ColumnType.of(ColumnType.Kind.INTEGER), false, false);
        return new TestingWarehouse(new TargetTable(TARGET, List.of(id)));
    }

    private FeedLoads feedLoads() {
        return feeds(LoadSlots.unlimited()).of("employee", TARGET, FeedWatch.polling(""), source, POLICY, patience);
    }

    private FeedLoadsFactory feeds(LoadSlots slots) {
        LedgerIndexes ledger = new LedgerIndexes(warehouse, Duration.ZERO, clock);
        return new FeedLoadsFactory(warehouse, ledger, told, slots, clock, LEAST);
    }

    @Test
    void aFeedThatCannotLoadIsStoppedThoughItHasNoObject() {
        source.unfit = ErrorCode.TARGET_NOT_FOUND;

        assertThat(loads.poll()).isZero();
        assertThat(loads.status().isStopped()).isTrue();

        source.put("a");
        clock.pass(Duration.ofMinutes(1));
        assertThat(loads.poll()).isZero();
        assertThat(source.tries).isEmpty();
        assertThat(loads.status().backlog().objects()).isEqualTo(1);

        source.unfit = null;
        clock.pass(Duration.ofMinutes(2));
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(loads.status().isFailing()).isFalse();
    }

    @Test
    void aLoadWaitsForItsTurnAndFailsNothing() throws Exception {
        LoadSlots slots = new LoadSlots(1);
        loads = feeds(slots).of("employee", TARGET, FeedWatch.polling(""), source, POLICY, patience);
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
    void groupsLoadInOrder() {
        source.put("a", "b", "c", "d", "e");

        assertThat(loads.poll()).isEqualTo(5);
        assertThat(source.tries).containsExactly("abcd", "e");
        assertThat(loads.status().isFailing()).isFalse();
        assertThat(loads.status().lastGood()).isEqualTo(clock.instant());
    }

    @Test
    void aLoadThatFailsIsTriedAgainAsAWholeAfterDelaysThatGrow() {
        source.put("a", "b");
        source.failNext(4, ErrorCode.WAREHOUSE_CONFLICT);

        loads.poll();

        assertThat(source.tries).containsExactly("ab", "ab", "ab", "ab", "ab");
        assertThat(patience.waits).containsExactly(1L, 2L, 4L, 8L);
        assertThat(told.words)
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

        assertThat(source.tries).containsExactly("abcd", "abcd", "abcd", "abcd", "abcd");
        assertThat(recorded()).containsExactly("WAREHOUSE_CONFLICT []");
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_CONFLICT, next in 60");
        FeedStatus status = loads.status();
        assertThat(status.isFailing()).isTrue();
        assertThat(status.isStopped()).isFalse();
        assertThat(status.failingSince()).isEqualTo(clock.instant());
        assertThat(status.nextTry()).isEqualTo(clock.instant().plusSeconds(60));

        // One try in each turn, and the turns become rare.
        passSeconds(59);
        assertThat(loads.poll()).isZero();
        passSeconds(1);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed still fails: WAREHOUSE_CONFLICT, next in 120");
        passSeconds(120);
        loads.poll();
        assertThat(source.tries).hasSize(7);
        assertThat(recorded()).as("once for a reason").hasSize(1);

        passSeconds(240);
        assertThat(loads.poll()).isEqualTo(5);
        assertThat(source.tries.subList(7, 9)).containsExactly("abcd", "e");
        assertThat(told.last()).isEqualTo("feed recovered");
        assertThat(loads.status().isFailing()).isFalse();
    }

    @Test
    void theBacklogShrinksWithEachLoad() {
        List<Backlog> backlogs = new ArrayList<>();
        source.duringLoad = () -> backlogs.add(loads.status().backlog());
        source.groupSize = 2;
        source.put("a", "b", "c");

        loads.poll();

        assertThat(backlogs)
                .containsExactly(
                        new Backlog(3, 3, Instant.ofEpochSecond(1)), new Backlog(1, 1, Instant.ofEpochSecond(3)));
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
        assertThat(told.found).containsExactly("3 objects, 3 bytes");
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
        assertThat(told.found).containsExactly("1 objects, 1 bytes", "2 objects, 2 bytes");

        passSeconds(60);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
        assertThat(told.found).as("found again").hasSize(2);
    }

    @Test
    void aLedgerThatWasNeverReadIsNotAskedMoreOften() {
        source.put("a");
        source.failNextListing(1, ErrorCode.WAREHOUSE_DENIED);
        loads.poll();
        loads.poll();
        assertThat(source.looks).isZero();
    }

    @Test
    void aStoreThatFailsIsNotAskedMoreOften() {
        loads.poll();
        source.put("a");
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);
        loads.poll();
        loads.poll();
        assertThat(source.looks).isZero();
    }

    @Test
    void anObjectSetAsideStaysInTheBacklog() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(new Backlog(1, 1, Instant.ofEpochSecond(1)));

        source.cure("a");
        passSeconds(60);
        loads.poll();
        assertThat(loads.status().backlog()).isEqualTo(Backlog.NONE);
    }

    @Test
    void theFirstPassIsOverWhenAllIsDealtWithOrTheFeedFails() {
        List<Boolean> during = new ArrayList<>();
        source.duringLoad = () -> during.add(loads.status().firstPassOver());
        assertThat(loads.status().firstPassOver()).isFalse();
        source.put("a", "b");
        loads.poll();
        assertThat(during).containsExactly(false);
        assertThat(loads.status().firstPassOver()).isTrue();

        loads = feedLoads();
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

    @Test
    void aPassFailsWhenItsTriesAreUsedUp() {
        source.put("a");
        source.failNext(5, ErrorCode.WAREHOUSE_UNREACHABLE);

        assertThatThrownBy(loads::pass).hasMessage("WAREHOUSE_UNREACHABLE");
        assertThat(patience.waits).containsExactly(1L, 2L, 4L, 8L);
        assertThat(recorded()).as("in a warehouse that is away").isEmpty();
    }

    @Test
    void aListingThatFailsIsTriedAgainToo() {
        source.put("a");
        source.failNextListing(2, ErrorCode.OBJECT_STORE_BUSY);

        assertThat(loads.poll()).isEqualTo(1);
        assertThat(patience.waits).containsExactly(1L, 2L);
    }

    @Test
    void aFeedThatNeedsSomebodysHelpStopsAtOnceAndIsLookedAtAgain() {
        source.put("a");
        source.failNext(2, ErrorCode.WAREHOUSE_DENIED);

        loads.poll();
        assertThat(source.tries).hasSize(1);
        assertThat(told.words).containsExactly("feed fails: WAREHOUSE_DENIED, next in 60");
        assertThat(loads.status().isStopped()).isTrue();

        passSeconds(60);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed still fails: WAREHOUSE_DENIED, next in 120");
        passSeconds(120);
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(told.last()).isEqualTo("feed recovered");
    }

    @Test
    void aListingThatIsDeniedStopsTheFeed() {
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);

        loads.poll();
        assertThat(told.words).containsExactly("feed fails: OBJECT_STORE_DENIED, next in 60");
    }

    @Test
    void aNewReasonIsToldInFull() {
        source.put("a");
        source.failNextListing(1, ErrorCode.OBJECT_STORE_DENIED);
        source.failNext(1, ErrorCode.WAREHOUSE_DENIED);

        loads.poll();
        passSeconds(60);
        loads.poll();
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_DENIED, next in 120");
    }

    @Test
    void anOvertakenLoadIsNoFailure() {
        source.put("a", "b");
        source.failNext(4, ErrorCode.LEDGER_MOVED);

        assertThat(loads.poll()).isEqualTo(10);
        assertThat(source.tries).hasSize(5);
        assertThat(patience.waits).isEmpty();
        assertThat(told.words).isEmpty();
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whoIsAlwaysOvertakenWaits() {
        source.put("a");
        source.failNext(5, ErrorCode.LEDGER_MOVED);

        loads.poll();
        assertThat(told.words).containsExactly("feed fails: LEDGER_MOVED, next in 60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void theObjectThatFailsAloneIsFoundAndTheOthersLoadInOrder(String bad) {
        source.put("a", "b", "c", "d", "e");
        source.bad(bad, ErrorCode.WAREHOUSE_DATA);

        loads.poll();

        assertThat(source.loaded).isEqualTo("abcde".replace(bad, ""));
        assertThat(source.tries.subList(0, 5)).containsOnly("abcd");
        assertThat(source.tries.stream().filter(bad::equals)).hasSize(2);
        assertThat(told.last()).isEqualTo(bad + " is set aside: WAREHOUSE_DATA, next in 60");
        assertThat(recorded()).containsExactly("WAREHOUSE_DATA [" + bad + "]");
        assertThat(loads.status().isFailing()).isFalse();
        assertThat(loads.status().setAside())
                .containsExactly(new ObjectSetAside(
                        source.object(bad),
                        ErrorCode.WAREHOUSE_DATA,
                        "WAREHOUSE_DATA",
                        1,
                        clock.instant().plusSeconds(60)));
    }

    @Test
    void aFailureThatPassesWhileItIsSearchedForLeavesNoSmallLoads() {
        source.groupSize = 64;
        source.put(IntStream.range(0, 64).mapToObj(i -> (char) ('0' + i) + "").toArray(String[]::new));
        source.failNext(10, ErrorCode.WAREHOUSE_FAILED);

        loads.poll();

        assertThat(source.loaded).hasSize(64);
        assertThat(source.tries.subList(10, source.tries.size()))
                .extracting(String::length)
                .containsExactly(1, 2, 4, 8, 16, 32, 1);
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void anObjectThatCannotBeReadIsSetAsideByTheLoadThatReadsTheOthers() {
        source.put("a", "b", "c", "d");
        source.bad("b", ErrorCode.OBJECT_DENIED);
        source.bad("d", ErrorCode.OBJECT_ARCHIVED);

        loads.poll();

        assertThat(source.tries).containsExactly("abcd");
        assertThat(source.loaded).isEqualTo("ac");
        assertThat(told.words)
                .containsExactly(
                        "b is set aside: OBJECT_DENIED, next in 60", "d is set aside: OBJECT_ARCHIVED, next in 60");
        assertThat(recorded()).containsExactly("OBJECT_DENIED [b, d]");
    }

    @Test
    void anObjectSetAsideIsTriedAloneAtASlowerPaceForEver() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        source.tries.clear();

        for (int pause : new int[] {60, 120, 240, 480, 600, 600, 600}) {
            passSeconds(pause - 1);
            loads.poll();
            assertThat(source.tries).isEmpty();
            passSeconds(1);
            loads.poll();
            assertThat(source.tries).containsExactly("a");
            source.tries.clear();
        }
        assertThat(told.last()).isEqualTo("a still fails: OBJECT_DENIED, next in 600");
        assertThat(recorded()).as("the ledger does not grow").hasSize(1);

        source.cure("a");
        passSeconds(600);
        loads.poll();
        assertThat(source.loaded).isEqualTo("ba");
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void anObjectSetAsideInAPassWaitsForANextOneHoweverLongThePassTakes() {
        source.put("a", "b", "c", "d", "e");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        source.duringLoad = () -> passSeconds(90);

        loads.poll();
        assertThat(source.tries).containsExactly("abcd", "e");

        loads.poll();
        assertThat(source.tries).containsExactly("abcd", "e", "a");
    }

    @Test
    void anObjectSetAsideDoesNotHoldUpNewerOnes() {
        source.put("a");
        source.bad("a", ErrorCode.WAREHOUSE_DATA);
        loads.poll();
        source.put("b", "c");
        passSeconds(60);

        loads.poll();

        assertThat(source.loaded).isEqualTo("bc");
        assertThat(source.tries).endsWith("bc", "a");
    }

    @Test
    void anotherVersionOfAnObjectSetAsideIsLoadedLikeAnyNewObject() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        source.remove("a");
        source.cure("a");
        source.put("a");

        loads.poll();
        assertThat(source.loaded).isEqualTo("ba");
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void afterARestartAnObjectSetAsideIsTriedAloneAndAtOnce() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        loads = feedLoads();
        source.put("c", "d");
        source.tries.clear();

        loads.poll();

        assertThat(source.tries).containsExactly("cd", "a");
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void nothingNewerLoadsBeforeTheLedgerHasAnObjectSetAside() {
        source.groupSize = 2;
        source.put("a", "b", "c", "d");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        warehouse.failRecords(exception(ErrorCode.WAREHOUSE_FAILED));

        loads.poll();
        assertThat(source.loaded).isEqualTo("b");
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_FAILED, next in 60");
        assertThat(loads.status().setAside()).hasSize(1);
        passSeconds(60);
        loads.poll();
        assertThat(source.loaded).isEqualTo("b");

        warehouse.failRecords(null);
        passSeconds(120);
        loads.poll();
        assertThat(recorded()).containsExactly("OBJECT_DENIED [a]");
        assertThat(source.loaded).isEqualTo("bcd");
        loads = feedLoads();
        source.tries.clear();
        loads.poll();
        assertThat(source.tries).containsExactly("a");
    }

    @Test
    void aVersionThatCouldNotBeRecordedInTimeIsNotRecordedAfterALaterOneLoaded() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        warehouse.failRecords(exception(ErrorCode.WAREHOUSE_FAILED));
        loads.poll();
        source.put("a");
        warehouse.addToLedger(source.object("a"), Outcome.LOADED);
        source.remove("a");

        warehouse.failRecords(null);
        passSeconds(60);
        loads.poll();

        assertThat(recorded()).isEmpty();
    }

    @Test
    void whatAnotherProcessCouldLoadIsNotRecordedAsFailed() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        source.duringLoad = () -> warehouse.addToLedger(source.object("a"), Outcome.LOADED);

        loads.poll();
        assertThat(source.loaded).isEqualTo("b");
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whileTheFeedFailsNothingIsSetAside() {
        source.put("a", "b", "c");
        source.bad("b", ErrorCode.WAREHOUSE_DATA);
        source.failAfter(8, ErrorCode.WAREHOUSE_UNREACHABLE);

        loads.poll();
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_UNREACHABLE, next in 60");
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void ifMoreThanAFewObjectsFailOneAfterAnotherItIsNotThem() {
        source.put(IntStream.range(0, 30).mapToObj(i -> (char) ('A' + i) + "").toArray(String[]::new));
        source.everythingIsBad = ErrorCode.WAREHOUSE_FAILED;

        loads.poll();
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_FAILED, next in 60");
        assertThat(loads.status().setAside()).isEmpty();

        source.everythingIsBad = null;
        passSeconds(60);
        loads.poll();
        assertThat(source.loaded).as("in order").isEqualTo("ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^");
    }

    @Test
    void manyBadObjectsInARowHoldTheFeedUpOnlyForATime() {
        source.put(IntStream.range(0, 40).mapToObj(i -> (char) ('A' + i) + "").toArray(String[]::new));
        IntStream.range(0, 35).forEach(i -> source.bad((char) ('A' + i) + "", ErrorCode.WAREHOUSE_DATA));

        int polls = 0;
        while (source.loaded.isEmpty() && polls < 10) {
            loads.poll();
            clock.pass(Duration.ofMinutes(10));
            polls++;
        }

        assertThat(polls).isEqualTo(4);
        assertThat(source.loaded).isEqualTo("defgh");
        assertThat(loads.status().setAside()).hasSize(35);
    }

    @Test
    void anObjectThatIsListedButNotThereIsSetAsideWhenThatStays() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_GONE);

        loads.poll();

        assertThat(source.tries).containsExactly("ab", "a");
        assertThat(source.loaded).isEqualTo("b");
        assertThat(told.words).containsExactly("a is set aside: OBJECT_GONE, next in 60");
    }

    @Test
    void aFeedThatIsToStopWaitsForNothing() {
        source.put("a");
        source.failNext(1, ErrorCode.WAREHOUSE_CONFLICT);
        patience.endsWithNextWait();

        loads.poll();
        assertThat(source.tries).hasSize(1);
        assertThat(loads.status().isFailing()).isFalse();
        assertThat(loads.poll()).isZero();
        assertThat(source.tries).hasSize(1);
    }

    /** Whatever fails and for how long, every good object loads once, and in order. */
    @Test
    void goodObjectsLoadOnceAndInOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Source chaos = new Source();
            chaos.groupSize = 1 + random.nextInt(20);
            StringBuilder good = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                String key = (char) ('A' + i) + "";
                chaos.put(key);
                if (random.nextInt(8) == 0) {
                    chaos.bad(key, any(random, Reaction.RETRYABLE_APART, Reaction.SET_ASIDE));
                } else {
                    good.append(key);
                }
            }
            TestingWarehouse empty = warehouse();
            FeedLoads feed = new FeedLoadsFactory(
                            empty,
                            new LedgerIndexes(empty, Duration.ZERO, clock),
                            LoadListener.NONE,
                            LoadSlots.unlimited(),
                            clock,
                            random)
                    .of("employee", TARGET, FeedWatch.polling(""), chaos, POLICY, new TestingPatience());
            for (int polls = 0; polls < 50; polls++) {
                if (chaos.failures.isEmpty() && random.nextInt(2) == 0) {
                    chaos.failNext(random.nextInt(8), any(random, Reaction.RETRYABLE, Reaction.FATAL));
                }
                feed.poll();
                clock.pass(Duration.ofMinutes(10));
            }
            assertThat(chaos.loaded).as("seed " + seed + ", round " + round).isEqualTo(good.toString());
        }
    }

    @Test
    void aFeedWithNotificationsLooksOnlyWhereItIsTold() {
        TestingNotifications notifications = withNotifications();
        source.put("x/b", "y/c", "x/a");
        loads.poll();
        source.put("x/e", "y/f", "x/d");

        notifications.tell("x/d");
        assertThat(loads.poll()).isEqualTo(2);
        assertThat(loads.poll()).as("nobody told of more").isZero();
        assertThat(source.tries).containsExactly("x/by/cx/a", "x/ex/d");
        assertThat(source.scopes).containsExactly(List.of(""), List.of("x/"));

        passSeconds(600);
        assertThat(loads.poll()).isEqualTo(1);
        assertThat(source.tries).last().isEqualTo("y/f");
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
        passSeconds(60);
        loads.poll();
        assertThat(loads.status().setAside()).isEmpty();
        assertThat(source.loaded).isEqualTo("x/bx/ay/a");
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

        passSeconds(60);
        assertThat(loads.poll()).isEqualTo(2);
        List<String> everything = List.of("");
        assertThat(source.scopes)
                .as("and one look, by what is known, while it waits")
                .containsExactly(everything, List.of("x/"), everything, everything);
    }

    /** Of a feed of so many objects that it does not look at all of them each time. */
    private TestingNotifications withNotifications() {
        TestingNotifications notifications = new TestingNotifications(clock);
        source.listed = 1_000_000;
        loads = feeds(LoadSlots.unlimited())
                .of(
                        "employee",
                        TARGET,
                        new FeedWatch(List.of(""), notifications, Duration.ofMinutes(10), Duration.ofSeconds(5), false),
                        source,
                        POLICY,
                        patience);
        return notifications;
    }

    private static ErrorCode any(Random random, Reaction... reactions) {
        List<ErrorCode> codes = List.of(ErrorCode.values()).stream()
                .filter(code -> List.of(reactions).contains(code.reaction()))
                .toList();
        return codes.get(random.nextInt(codes.size()));
    }

    private void passSeconds(long seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }

    /** Failed loads in the run history: the code and the keys of the objects. */
    private List<String> recorded() {
        return warehouse.loads().stream()
                .filter(load -> load.outcome() == Outcome.FAILED)
                .map(load -> load.errorCode() + " " + keys(load))
                .toList();
    }

    private static List<String> keys(LoadRecord load) {
        return load.objects().stream().map(entry -> entry.object().key()).toList();
    }

    private static CaravanException exception(ErrorCode code) {
        return code.reaction() == Reaction.FATAL
                ? new InvalidConfigurationException(code, code.name())
                : new RetryableException(code, code.name());
    }

    /** Objects with keys of one letter. */
    private final class Source implements ObjectSource {

        private final Map<String, ObjectVersion> objects = new HashMap<>();
        private final Map<String, ErrorCode> bad = new HashMap<>();
        private final List<@Nullable CaravanException> failures = new ArrayList<>();
        private final List<CaravanException> listingFailures = new ArrayList<>();
        private final List<String> tries = new ArrayList<>();
        private final List<List<String>> scopes = new ArrayList<>();
        private long listed;
        private @Nullable ErrorCode everythingIsBad;
        private @Nullable ErrorCode unfit;
        private String loaded = "";
        private Runnable duringLoad = () -> {};
        private int groupSize = 4;
        private int puts;
        private int looks;

        void put(String... keys) {
            for (String key : keys) {
                puts++;
                objects.put(key, new ObjectVersion("b", key, "v" + puts, 1, Instant.ofEpochSecond(puts)));
            }
        }

        ObjectVersion object(String key) {
            return requireNonNull(objects.get(key));
        }

        void remove(String key) {
            objects.remove(key);
        }

        void bad(String key, ErrorCode code) {
            bad.put(key, code);
        }

        void cure(String key) {
            bad.remove(key);
        }

        void failNext(int times, ErrorCode code) {
            IntStream.range(0, times).forEach(i -> failures.add(exception(code)));
        }

        void failNextListing(int times, ErrorCode code) {
            IntStream.range(0, times).forEach(i -> listingFailures.add(exception(code)));
        }

        /** Fails for ever after so many tries. */
        void failAfter(int times, ErrorCode code) {
            IntStream.range(0, times).forEach(i -> failures.add(null));
            failNext(1_000, code);
        }

        @Override
        public Found findNew(Scope scope) {
            if (!listingFailures.isEmpty()) {
                throw listingFailures.remove(0);
            }
            scopes.add(scope.prefixes());
            return new Found(
                    objects.values().stream()
                            .filter(object -> scope.covers(object.key()))
                            .sorted(ObjectVersion.OLDEST_FIRST)
                            .toList(),
                    listed);
        }

        @Override
        public void verify() {
            if (unfit != null) {
                throw exception(unfit);
            }
        }

        @Override
        public List<ObjectVersion> findKnownNew() {
            looks++;
            return findNew(new Scope(List.of(""))).fresh();
        }

        @Override
        public @Nullable Instant newestListed() {
            return puts == 0 ? null : Instant.ofEpochSecond(puts);
        }

        @Override
        public List<List<ObjectVersion>> cut(List<ObjectVersion> found) {
            List<List<ObjectVersion>> groups = new ArrayList<>();
            for (int i = 0; i < found.size(); i += groupSize) {
                groups.add(found.subList(i, Math.min(i + groupSize, found.size())));
            }
            return groups;
        }

        @Override
        public LoadResult load(List<ObjectVersion> group) {
            duringLoad.run();
            tries.add(group.stream().map(ObjectVersion::key).collect(Collectors.joining()));
            CaravanException failure = failures.isEmpty() ? null : failures.remove(0);
            if (failure == null && everythingIsBad != null) {
                failure = exception(everythingIsBad);
            }
            if (failure != null) {
                return new LoadResult("load", List.of(), List.of(), List.of(), failure, null);
            }
            List<ObjectVersion> done = new ArrayList<>();
            List<FailedObject> unreadable = new ArrayList<>();
            List<ObjectVersion> gone = new ArrayList<>();
            for (ObjectVersion object : group) {
                ErrorCode code = bad.get(object.key());
                if (code == null) {
                    done.add(object);
                } else if (code == ErrorCode.OBJECT_GONE) {
                    gone.add(object);
                } else if (code.reaction() == Reaction.SET_ASIDE) {
                    unreadable.add(new FailedObject(object, exception(code)));
                } else {
                    return new LoadResult("load", List.of(), List.of(), List.of(), exception(code), null);
                }
            }
            done.forEach(object -> {
                loaded += object.key();
                objects.remove(object.key());
            });
            return new LoadResult("load", done, unreadable, gone, null, record(done, clock.instant()));
        }
    }

    /** Says of each object that it had three rows, of which one was rejected; and of "r" that it was rejected itself. */
    private static @Nullable LoadRecord record(List<ObjectVersion> done, Instant now) {
        List<LedgerEntry> entries = done.stream()
                .map(object -> new LedgerEntry(
                        object,
                        null,
                        object.key().equals("r") ? Outcome.REJECTED : Outcome.LOADED,
                        object.key().equals("r") ? new LoadCounts(3, 0, 0, 0, 0, 3) : new LoadCounts(3, 2, 0, 0, 0, 1),
                        null,
                        null))
                .toList();
        return entries.isEmpty()
                ? null
                : new LoadRecord(
                        "load", "employee", TARGET, now, now, Outcome.LOADED, entries, PhaseTimes.NONE, null, null);
    }

    /** Lets the clock go on instead of waiting. */
    private final class TestingPatience implements Patience {

        private final List<Long> waits = new ArrayList<>();
        private boolean ends;
        private boolean over;

        void endsWithNextWait() {
            ends = true;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void await(Duration delay) {
            waits.add(delay.toSeconds());
            clock.pass(delay);
            over = ends;
        }
    }

    private static final class Told implements LoadListener {

        private final List<String> words = new ArrayList<>();
        private final List<String> found = new ArrayList<>();

        @Override
        public void objectsFound(String feedName, int objectCount, long totalBytes) {
            found.add(objectCount + " objects, " + totalBytes + " bytes");
        }

        String last() {
            return words.get(words.size() - 1);
        }

        @Override
        public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
            words.add(reason.code() + " " + tries + " of " + maxTries + ", next in " + delay.toSeconds());
        }

        @Override
        public void objectSetAside(
                String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
            words.add(object.key() + (isKnown ? " still fails: " : " is set aside: ") + reason.code() + ", next in "
                    + delay.toSeconds());
        }

        @Override
        public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
            words.add((isKnown ? "feed still fails: " : "feed fails: ") + reason.code() + ", next in "
                    + delay.toSeconds());
        }

        @Override
        public void feedRecovered(String feedName) {
            words.add("feed recovered");
        }
    }
}
