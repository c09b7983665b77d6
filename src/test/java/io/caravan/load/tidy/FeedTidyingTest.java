package io.caravan.load.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.Patience;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.ObjectAction;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.key.KeyColumns;
import io.caravan.model.key.WantedObjects;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTidyingTest {

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = new TestingWarehouse(new TargetTable(
            TableName.parse("public.t"),
            List.of(new Column("id", ColumnType.of(ColumnType.Kind.INTEGER), false, false))));
    private final TestingClock clock = new TestingClock();
    private final List<String> told = new ArrayList<>();
    private boolean isOver;

    @Test
    void eachObjectIsTidiedByWhatBecameOfIt() {
        ObjectVersion loaded = store.put("b", "in/loaded", "1");
        ObjectVersion unchanged = store.put("b", "in/unchanged", "2");
        ObjectVersion superseded = store.put("b", "in/superseded", "3");
        ObjectVersion rejected = store.put("b", "in/rejected", "4");
        ObjectVersion failed = store.put("b", "in/failed", "5");
        untidied(
                "l1",
                entry(loaded, Outcome.LOADED),
                entry(unchanged, Outcome.UNCHANGED),
                entry(superseded, Outcome.SUPERSEDED),
                entry(rejected, Outcome.REJECTED),
                entry(failed, Outcome.FAILED));

        tidying("move=done/", "tag").tidy();

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "done/in/loaded", "done/in/unchanged", "done/in/superseded", "in/rejected", "in/failed");
        assertThat(store.tags()).containsOnlyKeys(rejected).containsValue("caravan=rejected");
        assertThat(warehouse.findUntidied()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void anotherVersionIsLeftAlone() {
        ObjectVersion loaded = store.put("b", "in/a", "1");
        store.put("b", "in/a", "2");
        untidied("l1", entry(loaded, Outcome.LOADED));

        for (String action : List.of("tag", "move=done/", "delete")) {
            tidying(action, "").tidy();
        }

        assertThat(keys()).containsExactly("in/a");
        assertThat(store.tags()).isEmpty();
        assertThat(warehouse.findUntidied()).isEmpty();
    }

    @Test
    void nobodyIsAskedUnlessALoadMayHaveLeftSomething() {
        ObjectVersion a = store.put("b", "in/a", "1");
        ObjectVersion b = store.put("b", "in/b", "2");
        FeedTidying tidying = tidying("delete", "");
        tidying.tidy();
        untidied("l1", entry(a, Outcome.LOADED));
        tidying.tidy();
        assertThat(keys()).containsExactly("in/a", "in/b");

        tidying.loaded();
        tidying.tidy();
        assertThat(keys()).containsExactly("in/b");

        untidied("l2", entry(b, Outcome.LOADED));
        tidying("", "").tidy();
        assertThat(warehouse.findUntidied()).containsOnlyKeys("l2");
    }

    @Test
    void whatIsRefusedIsToldAndTriedAgainAtASlowerPace() {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(entry(store.put("b", "in/" + i, "x" + i), Outcome.LOADED));
        }
        ObjectVersion denied = entries.get(50).object();
        warehouse.addUntidied("f", "l1", entries);
        ObjectVersion other = store.put("b", "in/other", "y");
        untidied("l2", entry(other, Outcome.LOADED));
        store.fail(denied, new InvalidConfigurationException(ErrorCode.OBJECT_STORE_DENIED, "no"));
        FeedTidying tidying = tidying("delete", "");

        tidying.tidy();
        assertThat(keys()).containsExactly(denied.key());
        assertThat(warehouse.findUntidied()).containsOnlyKeys("l1");
        for (int i = 0; i < 5; i++) {
            tidying.loaded();
            tidying.tidy();
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(told)
                .containsExactly(
                        "f 1 OBJECT_STORE_DENIED PT1M", "f 1 OBJECT_STORE_DENIED PT2M", "f 1 OBJECT_STORE_DENIED PT4M");

        store.cure(denied);
        clock.pass(Duration.ofMinutes(15));
        tidying.tidy();
        assertThat(keys()).isEmpty();
        assertThat(warehouse.findUntidied()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsNotAskedForEachObject() {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ObjectVersion object = store.put("b", "in/" + i, "x" + i);
            store.fail(object, new RetryableException(ErrorCode.OBJECT_STORE_UNREACHABLE, "away"));
            entries.add(entry(object, Outcome.LOADED));
        }
        warehouse.addUntidied("f", "l1", entries);

        tidying("delete", "").tidy();

        assertThat(told).singleElement().asString().matches("f [1-8] OBJECT_STORE_UNREACHABLE PT1M");
    }

    @Test
    void whenTheFeedIsToStopTheRestIsLeft() {
        untidied("l1", entry(store.put("b", "in/a", "1"), Outcome.LOADED));
        FeedTidying tidying = tidying("delete", "");
        isOver = true;
        tidying.tidy();
        assertThat(keys()).containsExactly("in/a");

        isOver = false;
        tidying.tidy();
        assertThat(keys()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatItHasLeftUnderAnotherNameIsItsToTidy() {
        ObjectVersion own = store.put("b", "in/own", "1");
        ObjectVersion wider = store.put("b", "elsewhere/a", "2");
        ObjectVersion foreign = store.put("other", "in/b", "3");
        ObjectVersion later = store.put("b", "in/later", "4");
        warehouse.addUntidied("before", "l1", List.of(entry(own, Outcome.LOADED)));
        warehouse.addUntidied("before", "l2", List.of(entry(later, Outcome.LOADED), entry(wider, Outcome.LOADED)));
        warehouse.addUntidied("before", "l3", List.of(entry(foreign, Outcome.LOADED)));
        warehouse.addUntidied("another table's", "l4", List.of());
        FeedTidying tidying = tidying("delete", "");

        tidying.tidy();
        assertThat(keys()).containsExactlyInAnyOrder("elsewhere/a", "in/later");
        assertThat(warehouse.findUntidied()).containsOnlyKeys("l2", "l3", "l4");

        // What is noted under another name from now on is a feed's that runs.
        warehouse.addUntidied("running", "l5", List.of(entry(later, Outcome.LOADED)));
        tidying.loaded();
        tidying.tidy();
        assertThat(keys()).contains("in/later");
    }

    private void untidied(String load, LedgerEntry... entries) {
        warehouse.addUntidied("f", load, List.of(entries));
    }

    private static LedgerEntry entry(ObjectVersion object, Outcome outcome) {
        return new LedgerEntry(object, null, outcome, LoadCounts.NONE, null, null);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        store.list("b", "", object -> keys.add(object.key()));
        return keys;
    }

    private FeedTidying tidying(String onLoaded, String onRejected) {
        AfterLoad afterLoad =
                new AfterLoad(ObjectAction.parse(onLoaded, "loaded"), ObjectAction.parse(onRejected, "rejected"));
        Feed feed = new FeedBuilder()
                .objects(new ObjectPolicy(ObjectOrder.TIME, false, WantedObjects.ALL, KeyColumns.NONE, null, afterLoad))
                .build();
        return new FeedTidying(feed, store, warehouse, new Told(), clock, new Stop());
    }

    private final class Told implements LoadListener {

        @Override
        public void tidyFailed(String feedName, int objectCount, CaravanException reason, Duration delay) {
            told.add(feedName + " " + objectCount + " " + reason.code() + " " + delay);
        }
    }

    private final class Stop implements Patience {

        @Override
        public boolean isOver() {
            return isOver;
        }

        @Override
        public void await(Duration delay) {
            throw new AssertionError("nobody waits");
        }
    }
}
