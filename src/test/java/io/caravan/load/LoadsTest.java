package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.replay.TestingReplay;
import io.caravan.load.staging.InsertStaging;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ProcessDeaths;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which objects a load takes, in which order, and what it may not do with them. */
class LoadsTest {

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = new TestingWarehouse(LoadParts.TABLE);
    private final TestingClock clock = new TestingClock();
    private final List<String> told = new ArrayList<>();
    private final NotedChoice staging = new NotedChoice();
    private final ObjectVersion a = put("x/a");
    private final ObjectVersion b = put("x/b");
    private final ObjectVersion marker = put("x/_SUCCESS");
    private final ObjectVersion later = put("y/c");
    private Feed feed = TestingFeed.of(Mode.UPSERT);
    private ProcessDeaths deaths = ProcessDeaths.NONE;

    @Test
    void whatTheLedgerHasIsNotLoadedAgain() {
        warehouse.addToLedger(a, Outcome.LOADED);

        assertThat(begin(a, b).orElseThrow().objects()).containsExactly(b);
        assertThat(begin(a)).isEmpty();
        assertThat(told).containsExactly("f: 1 objects, 2 bytes");
    }

    /** It may have been rejected, which is for the dead letters, or others may have changed their mind. */
    @ParameterizedTest
    @EnumSource(names = {"FAILED", "REARMED"})
    void whatIsToBeTriedAgainIsTaken(Outcome outcome) {
        warehouse.addToLedger(a, outcome);

        assertThat(begin(a).orElseThrow().objects()).containsExactly(a);
        assertThat(warehouse.namesAsked()).containsExactly("employee");
    }

    @Test
    void newObjectsAreNotAskedForInTheOrderOfTheirTimes() {
        begin(a, b);

        assertThat(warehouse.namesAsked()).isNull();
    }

    /** An object that is tried again after a newer one was loaded: what it would change may be newer. */
    @ParameterizedTest
    @CsvSource({
        // mode, order | whether its rows come with their records, so that they can be held back
        "UPSERT,      TIME, true",
        "UPSERT,      KEY,  true",
        "INSERT_ONLY, TIME, false",
        "APPEND,      TIME, false",
    })
    void whatComesLateIsHeldBackFromNewerRows(Mode mode, ObjectOrder order, boolean isHeldBack) {
        feed = ordered(mode, order);
        warehouse.addToLedger(a, Outcome.FAILED);
        warehouse.newest(b);

        Load load = begin(a).orElseThrow();

        assertThat(load.keepsRaw()).isEqualTo(isHeldBack);
        assertThat(staging.asked)
                .as("rows are neither remembered, nor staged without being read")
                .isEqualTo(isHeldBack ? List.of("rows") : List.of("objects", "memory", "rows"));
    }

    @Test
    void whatIsTriedAgainBeforeAnythingNewerIsNotHeldBack() {
        warehouse.addToLedger(b, Outcome.FAILED);
        warehouse.newest(a);

        assertThat(begin(b).orElseThrow().keepsRaw()).isFalse();
    }

    /** By time nothing new can be older than what is loaded, as the store's clock only goes on. */
    @ParameterizedTest
    @EnumSource
    void inTheOrderOfKeysEvenANewObjectMayComeLate(ObjectOrder order) {
        feed = ordered(Mode.UPSERT, order);
        warehouse.newest(later);

        assertThat(begin(a).orElseThrow().keepsRaw()).isEqualTo(order == ObjectOrder.KEY);
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSERT", "MIRROR"})
    void aDeliveryThatIsASnapshotIsTakenAsAWhole(Mode mode) {
        feed = TestingFeed.of(mode);
        warehouse.addToLedger(a, Outcome.LOADED);

        Load load = beginDeliveries(new Delivery(marker, List.of(a, b))).orElseThrow();

        assertThat(load.objects()).isEqualTo(mode.isSnapshot() ? List.of(a, b) : List.of(b));
        assertThat(beginDeliveries(new Delivery(marker, List.of(a)))).isEmpty();
    }

    /** It is dated by its marker, and by nothing of its own folder. */
    @ParameterizedTest
    @CsvSource({"TIME, true", "KEY, true"})
    void aSnapshotWhoseMarkerIsOlderThanWhatIsLoadedIsOvertaken(ObjectOrder order, boolean isOvertaken) {
        feed = ordered(Mode.MIRROR, order);
        warehouse.newest(later);
        assertThat(beginDeliveries(new Delivery(marker, List.of(a)))
                        .orElseThrow()
                        .keepsRaw())
                .isEqualTo(isOvertaken);

        warehouse.newest(a);
        assertThat(beginDeliveries(new Delivery(marker, List.of(a)))
                        .orElseThrow()
                        .keepsRaw())
                .isFalse();
        assertThat(beginDeliveries(new Delivery(marker, List.of(b)))
                        .orElseThrow()
                        .keepsRaw())
                .as("its marker is newer")
                .isEqualTo(order == ObjectOrder.KEY);
    }

    @Test
    void aTargetThatDoesNotFitItsFeedIsToldOf() {
        feed = new FeedBuilder().keys(List.of("other")).build();

        assertThatThrownBy(() -> loads().verify(feed))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.TARGET_KEY_NOT_FOUND));
        assertThatThrownBy(() -> begin(a)).isInstanceOf(InvalidConfigurationException.class);
        assertThat(warehouse.hasPreparedLedger()).isFalse();
    }

    @Test
    void theLedgerIsPreparedBeforeItIsAsked() {
        begin(a);
        assertThat(warehouse.hasPreparedLedger()).isTrue();
    }

    @Test
    void aReplayPreparesTheLedgerToo() {
        loads().begin(feed, TestingReplay.of(true));
        assertThat(warehouse.hasPreparedLedger()).isTrue();
    }

    /** What is tried again stands apart from what is new. */
    @Test
    void whatIsTriedAgainIsNotLoadedBehindOthers() {
        warehouse.addToLedger(b, Outcome.FAILED);
        Load load = begin(a, b).orElseThrow();

        assertThat(load.open(a)).isPresent();
        assertThat(load.open(b)).isEmpty();
    }

    @Test
    void unlessTheyBelongTogether() {
        warehouse.addToLedger(b, Outcome.FAILED);
        Load load = beginDeliveries(new Delivery(marker, List.of(a, b))).orElseThrow();

        assertThat(load.open(a)).isPresent();
        assertThat(load.open(b)).isPresent();
    }

    @Test
    void anObjectThatHasEndedTheProcessTwiceIsNotOpened() {
        RejectedObjectException deadly = new RejectedObjectException(ErrorCode.OBJECT_ENDED_THE_PROCESS, "deadly");
        deaths = new ScriptedSession()
                .answer("isSuspect", false)
                .answer("verdict", Optional.of(deadly))
                .as(ProcessDeaths.class);

        Load load = begin(a).orElseThrow();

        assertThatThrownBy(() -> load.open(a)).isSameAs(deadly);
    }

    /** Dated to the second, two objects may have one time. */
    @Test
    void whatIsAsOldAsWhatIsLoadedIsNotOvertaken() {
        feed = ordered(Mode.UPSERT, ObjectOrder.TIME);
        warehouse.addToLedger(a, Outcome.FAILED);
        warehouse.newest(a);

        assertThat(begin(a).orElseThrow().keepsRaw()).isFalse();
    }

    @Test
    void aReplayTakesItsObjectsWhateverTheLedgerSays() {
        Load load = loads().begin(feed, TestingReplay.of(true));

        assertThat(load.objects()).isEmpty();
        assertThat(load.feed()).isEqualTo(feed.forReplay());
        assertThat(staging.asked).containsExactly("rows");
    }

    private Optional<Load> begin(ObjectVersion... objects) {
        return loads().begin(feed, List.of(objects), List.of(objects), Deliveries.NONE);
    }

    private Optional<Load> beginDeliveries(Delivery... deliveries) {
        List<ObjectVersion> objects = List.of(deliveries).stream()
                .flatMap(delivery -> delivery.objects().stream())
                .toList();
        return loads().begin(feed, objects, objects, new Deliveries(List.of(deliveries)));
    }

    private Loads loads() {
        return new Loads(
                feed -> store,
                warehouse,
                new LedgerIndexes(warehouse, Duration.ZERO, clock),
                staging,
                deaths,
                new Told(),
                clock,
                new LoadIds(clock, () -> 7));
    }

    private static Feed ordered(Mode mode, ObjectOrder order) {
        return new FeedBuilder()
                .merge(TestingFeed.policy(mode, Duplicates.LAST))
                .objects(new ObjectPolicy(order, false))
                .build();
    }

    private ObjectVersion put(String key) {
        return store.put("b", "in/" + key, "id");
    }

    private final class Told implements LoadListener {

        @Override
        public void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {
            told.add(feedName + ": " + objectCount + " objects, " + totalBytes + " bytes");
        }
    }

    /** Notes what it is asked for. */
    private static final class NotedChoice implements StagingChoice {

        private final List<String> asked = new ArrayList<>();

        @Override
        public StagingFactory rows(String loadId, Feed feed) {
            asked.add("rows");
            return (session, plan) -> new InsertStaging(session);
        }

        @Override
        public ObjectStaging objects(Feed feed, ObjectStore store) {
            asked.add("objects");
            return ObjectStaging.NONE;
        }

        @Override
        public RowMemory memory(String loadId, Feed feed) {
            asked.add("memory");
            return RowMemory.NONE;
        }
    }
}
