package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.Outcome;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that fail alone: how they are found, set aside, recorded and tried again, while the others load. */
class ObjectsSetAsideTest {

    private final TestingFeedLoads feed = new TestingFeedLoads();
    private final TestingClock clock = feed.clock();
    private final TestingSource source = feed.source();
    private final ToldWords told = feed.told();
    private final TestingWarehouse warehouse = feed.warehouse();
    private FeedLoads loads = feed.loads();

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void theObjectThatFailsAloneIsFoundAndTheOthersLoadInOrder(String bad) {
        source.put("a", "b", "c", "d", "e");
        source.bad(bad, ErrorCode.WAREHOUSE_DATA);

        loads.poll();

        assertThat(source.loaded()).isEqualTo("abcde".replace(bad, ""));
        assertThat(source.tries().subList(0, 5)).containsOnly("abcd");
        assertThat(source.tries().stream().filter(bad::equals)).hasSize(2);
        assertThat(told.last()).isEqualTo(bad + " is set aside: WAREHOUSE_DATA, next in 60");
        assertThat(feed.recorded()).containsExactly("WAREHOUSE_DATA [" + bad + "]");
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
        source.groupSize(64);
        source.put(IntStream.range(0, 64).mapToObj(i -> (char) ('0' + i) + "").toArray(String[]::new));
        source.failNext(10, ErrorCode.WAREHOUSE_FAILED);

        loads.poll();

        assertThat(source.loaded()).hasSize(64);
        assertThat(source.tries().subList(10, source.tries().size()))
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

        assertThat(source.tries()).containsExactly("abcd");
        assertThat(source.loaded()).isEqualTo("ac");
        assertThat(told.words())
                .containsExactly(
                        "b is set aside: OBJECT_DENIED, next in 60", "d is set aside: OBJECT_ARCHIVED, next in 60");
        assertThat(feed.recorded()).containsExactly("OBJECT_DENIED [b, d]");
    }

    @Test
    void anObjectSetAsideIsTriedAloneAtASlowerPaceForEver() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        source.tries().clear();

        for (int pause : new int[] {60, 120, 240, 480, 600, 600, 600}) {
            clock.passSeconds(pause - 1);
            loads.poll();
            assertThat(source.tries()).isEmpty();
            clock.passSeconds(1);
            loads.poll();
            assertThat(source.tries()).containsExactly("a");
            source.tries().clear();
        }
        assertThat(told.last()).isEqualTo("a still fails: OBJECT_DENIED, next in 600");
        assertThat(feed.recorded()).as("the ledger does not grow").hasSize(1);

        source.cure("a");
        clock.passSeconds(600);
        loads.poll();
        assertThat(source.loaded()).isEqualTo("ba");
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void anObjectSetAsideInAPassWaitsForANextOneHoweverLongThePassTakes() {
        source.put("a", "b", "c", "d", "e");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        source.duringLoad(() -> clock.passSeconds(90));

        loads.poll();
        assertThat(source.tries()).containsExactly("abcd", "e");

        loads.poll();
        assertThat(source.tries()).containsExactly("abcd", "e", "a");
    }

    @Test
    void anObjectSetAsideDoesNotHoldUpNewerOnes() {
        source.put("a");
        source.bad("a", ErrorCode.WAREHOUSE_DATA);
        loads.poll();
        source.put("b", "c");
        clock.passSeconds(60);

        loads.poll();

        assertThat(source.loaded()).isEqualTo("bc");
        assertThat(source.tries()).endsWith("bc", "a");
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
        assertThat(source.loaded()).isEqualTo("ba");
        assertThat(loads.status().setAside()).isEmpty();
    }

    @Test
    void afterARestartAnObjectSetAsideIsTriedAloneAndAtOnce() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        loads.poll();
        loads = feed.loads();
        source.put("c", "d");
        source.tries().clear();

        loads.poll();

        assertThat(source.tries()).containsExactly("cd", "a");
        assertThat(feed.recorded()).hasSize(1);
    }

    @Test
    void nothingNewerLoadsBeforeTheLedgerHasAnObjectSetAside() {
        source.groupSize(2);
        source.put("a", "b", "c", "d");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        warehouse.failRecords(TestingSource.exception(ErrorCode.WAREHOUSE_FAILED));

        loads.poll();
        assertThat(source.loaded()).isEqualTo("b");
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_FAILED, next in 60");
        assertThat(loads.status().setAside()).hasSize(1);
        clock.passSeconds(60);
        loads.poll();
        assertThat(source.loaded()).isEqualTo("b");

        warehouse.failRecords(null);
        clock.passSeconds(120);
        loads.poll();
        assertThat(feed.recorded()).containsExactly("OBJECT_DENIED [a]");
        assertThat(source.loaded()).isEqualTo("bcd");
        loads = feed.loads();
        source.tries().clear();
        loads.poll();
        assertThat(source.tries()).containsExactly("a");
    }

    @Test
    void aVersionThatCouldNotBeRecordedInTimeIsNotRecordedAfterALaterOneLoaded() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        warehouse.failRecords(TestingSource.exception(ErrorCode.WAREHOUSE_FAILED));
        loads.poll();
        source.put("a");
        warehouse.addToLedger(source.object("a"), Outcome.LOADED);
        source.remove("a");

        warehouse.failRecords(null);
        clock.passSeconds(60);
        loads.poll();

        assertThat(feed.recorded()).isEmpty();
    }

    @Test
    void whatAnotherProcessCouldLoadIsNotRecordedAsFailed() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_DENIED);
        source.duringLoad(() -> warehouse.addToLedger(source.object("a"), Outcome.LOADED));

        loads.poll();
        assertThat(source.loaded()).isEqualTo("b");
        assertThat(feed.recorded()).isEmpty();
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
        source.everythingIsBad(ErrorCode.WAREHOUSE_FAILED);

        loads.poll();
        assertThat(told.last()).isEqualTo("feed fails: WAREHOUSE_FAILED, next in 60");
        assertThat(loads.status().setAside()).isEmpty();

        source.everythingIsBad(null);
        clock.passSeconds(60);
        loads.poll();
        assertThat(source.loaded()).as("in order").isEqualTo("ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^");
    }

    @Test
    void manyBadObjectsInARowHoldTheFeedUpOnlyForATime() {
        source.put(IntStream.range(0, 40).mapToObj(i -> (char) ('A' + i) + "").toArray(String[]::new));
        IntStream.range(0, 35).forEach(i -> source.bad((char) ('A' + i) + "", ErrorCode.WAREHOUSE_DATA));

        int polls = 0;
        while (source.loaded().isEmpty() && polls < 10) {
            loads.poll();
            clock.pass(Duration.ofMinutes(10));
            polls++;
        }

        assertThat(polls).isEqualTo(4);
        assertThat(source.loaded()).isEqualTo("defgh");
        assertThat(loads.status().setAside()).hasSize(35);
    }

    @Test
    void anObjectThatIsListedButNotThereIsSetAsideWhenThatStays() {
        source.put("a", "b");
        source.bad("a", ErrorCode.OBJECT_GONE);

        loads.poll();

        assertThat(source.tries()).containsExactly("ab", "a");
        assertThat(source.loaded()).isEqualTo("b");
        assertThat(told.words()).containsExactly("a is set aside: OBJECT_GONE, next in 60");
    }
}
