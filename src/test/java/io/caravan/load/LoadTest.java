package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadListener;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingLoads;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A load as the steps of a route use it, from its first object to its end. */
class LoadTest {

    private static final List<Column> COLUMNS = List.of(LoadParts.ID, LoadParts.NAME);
    private static final LoadScripts NO_SCRIPTS = new LoadScripts() {};

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = new TestingWarehouse(LoadParts.TABLE);
    private final TestingClock clock = new TestingClock();
    private final List<LoadRecord> finished = new ArrayList<>();
    private final ObjectVersion a = store.put("b", "in/a", "any");
    private final ObjectVersion b = store.put("b", "in/b", "any");
    private Feed feed = TestingFeed.of(Mode.UPSERT);

    @Test
    void whatIsStagedOfAllObjectsIsCommittedTogether() {
        Load load = begin(a, b);

        read(load, a, row(2, "1", "Ada"), row(3, "2", "Bo"));
        assertThat(load.object()).isEqualTo(a);
        read(load, b, row(2, "2", "Bea"), rejected(3));
        assertThat(warehouse.rows()).isEmpty();
        LoadRecord record = load.commit(NO_SCRIPTS).orElseThrow();
        load.close();

        assertThat(warehouse.rows()).isEqualTo(Map.of("1", List.of("1", "Ada"), "2", List.of("2", "Bea")));
        assertThat(record.objects()).extracting(LedgerEntry::outcome).containsOnly(Outcome.LOADED);
        assertThat(record.deadLetters()).isEqualTo(1);
        assertThat(warehouse.deadLetters()).hasSize(1);
        assertThat(finished).containsExactly(record);
        assertThat(load.result(null))
                .isEqualTo(new LoadResult(load.id(), List.of(a, b), List.of(), List.of(), null, record));
        assertThat(warehouse.openSessions()).isZero();
    }

    @Test
    void anObjectThatIsRejectedLeavesTheOthers() {
        Load load = begin(a, b);
        read(load, a, row(2, "1", "Ada"));
        load.reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed"));
        read(load, b, row(2, "2", "Bo"));

        LoadRecord record = load.commit(NO_SCRIPTS).orElseThrow();

        assertThat(warehouse.rows()).containsOnlyKeys("2");
        assertThat(record.objects()).extracting(LedgerEntry::outcome).containsExactly(Outcome.REJECTED, Outcome.LOADED);
    }

    @Test
    void anObjectIsJudgedByItsRatioAtTheEnd() {
        feed = new FeedBuilder()
                .limits(new Limits(10, 1000, 10, 0.5, 10, 1000, 1000, 1000))
                .build();
        Load load = begin(a, b);
        read(load, a, row(2, "1", "Ada"), rejected(3));
        read(load, b, row(2, "2", "Bo"), rejected(3), rejected(4));

        LoadRecord record = load.commit(NO_SCRIPTS).orElseThrow();

        assertThat(record.objects()).extracting(LedgerEntry::outcome).containsExactly(Outcome.LOADED, Outcome.REJECTED);
    }

    @Test
    void anObjectWithOtherColumnsIsLeftToALaterLoad() {
        Load load = begin(a, b);
        read(load, a, row(2, "1", "Ada"));
        assertThat(load.open(b)).isPresent();

        assertThat(load.accept(List.of(LoadParts.ID), "id")).isFalse();
        load.commit(NO_SCRIPTS);

        assertThat(load.result(null).done()).containsExactly(a);
    }

    @Test
    void whereEveryObjectIsLeftNothingIsCommittedNorFinished() {
        store.delete(a);
        Load load = begin(a);
        assertThat(load.open(a)).isEmpty();

        assertThat(load.commit(NO_SCRIPTS)).isEmpty();
        load.fail(new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy"));

        assertThat(finished).isEmpty();
        assertThat(warehouse.loads()).isEmpty();
        assertThat(load.result(null).gone()).containsExactly(a);
    }

    @Test
    void aLoadThatFailsGivesItsSessionBackAndIsFinishedOnce() {
        RetryableException busy = new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy");
        Load load = begin(a);
        read(load, a, row(2, "1", "Ada"));
        assertThat(warehouse.openSessions()).isEqualTo(1);

        load.fail(busy);
        load.fail(busy);

        assertThat(warehouse.openSessions()).isZero();
        assertThat(finished).extracting(LoadRecord::outcome).containsExactly(Outcome.FAILED);
        assertThat(load.result(busy)).isEqualTo(new LoadResult(load.id(), List.of(), List.of(), List.of(), busy, null));
    }

    @Test
    void whatIsCommittedDoesNotFailAnyMore() {
        Load load = begin(a);
        read(load, a, row(2, "1", "Ada"));
        load.commit(NO_SCRIPTS);

        load.fail(new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy"));

        assertThat(finished).extracting(LoadRecord::outcome).containsExactly(Outcome.LOADED);
    }

    @Test
    void aLoadThatIsGivenUpGivesItsSessionBack() {
        Load load = begin(a);
        read(load, a, row(2, "1", "Ada"));

        load.close();

        assertThat(warehouse.openSessions()).isZero();
        assertThat(warehouse.rows()).isEmpty();
    }

    @Test
    void withoutAnObjectThereIsNone() {
        assertThatThrownBy(() -> begin(a).object()).isInstanceOf(IllegalStateException.class);
    }

    private Load begin(ObjectVersion... objects) {
        Optional<Load> load = TestingLoads.of(store, warehouse, Duration.ZERO, new Told(), clock, () -> 7)
                .loads()
                .begin(feed, List.of(objects), List.of(objects), Deliveries.NONE);
        return load.orElseThrow();
    }

    private static void read(Load load, ObjectVersion object, ParsedRow... rows) {
        assertThat(load.open(object)).isPresent();
        assertThat(load.accept(COLUMNS, "id,name")).isTrue();
        Iterator<Batch> batches = load.batches(List.of(rows).iterator());
        while (batches.hasNext()) {
            load.stage(batches.next());
        }
    }

    private static Row row(long line, String id, String name) {
        return new Row(line, List.of(id, name));
    }

    private static RejectedRow rejected(long line) {
        return new RejectedRow(line, null, ErrorCode.CSV_QUOTE, "why", "raw");
    }

    private final class Told implements LoadListener {

        @Override
        public void loadFinished(LoadRecord load) {
            finished.add(load);
        }
    }
}
