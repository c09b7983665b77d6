package io.caravan.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.SkippedRecords;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ContentHash;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.TestingBody;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What each step of a load asks of its parts, seen from what they do to the outside. */
class LoadStepsTest {

    private static final LoadScripts NO_SCRIPTS = new LoadScripts() {};

    private final LoadParts parts = new LoadParts();
    private final Map<ObjectVersion, TestingBody> bodies = new ConcurrentHashMap<>();
    private final List<String> told = new ArrayList<>();
    private final TestingClock clock = new TestingClock();
    private final ObjectVersion a = parts.put("a");
    private final ObjectVersion b = parts.put("b");

    @Test
    void anObjectIsOverWhenTheNextIsOpened() {
        Load load = load(a, b);
        accept(load, a);

        load.open(b);

        assertThat(body(a).isClosed()).isTrue();
        assertThat(body(b).isClosed()).isFalse();
        assertThat(steps()).endsWith("flush");
    }

    @Test
    void progressIsToldWithEachBatch() {
        Load load = load(a);
        accept(load, a);
        body(a).hasRead(9);

        load.stage(new Batch(List.of(row("1")), List.of(), 2));

        assertThat(told).containsExactly("9 bytes, 3 rows");
    }

    @Test
    void anObjectWithOtherColumnsIsClosed() {
        Load load = load(a, b);
        accept(load, a);
        load.open(b);

        assertThat(load.accept(List.of(LoadParts.ID), "id")).isFalse();

        assertThat(body(b).isClosed()).isTrue();
    }

    @Test
    void aRejectedObjectIsReadOnAndClosed() throws IOException {
        parts.sameContent = new TestingSameContent(a, "sha-1");
        Load load = load(a);
        accept(load, a);

        load.reject(bad());

        assertThat(body(a).content().available()).isZero();
        assertThat(body(a).isClosed()).isTrue();
    }

    @Test
    void theEndOfTheLastObjectComesBeforeTheCommit() {
        answers();
        Load load = load(a);
        accept(load, a);

        LoadRecord record = load.commit(NO_SCRIPTS).orElseThrow();

        assertThat(body(a).isClosed()).isTrue();
        assertThat(record.objects()).extracting(LedgerEntry::sha256).containsExactly("sha-1");
        assertThat(steps()).containsSubsequence("flush", "endPrivatePart", "lockLedger", "commit", "committed");
    }

    @Test
    void whatASnapshotLacksIsStagedBeforeItIsCommitted() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        answers();
        Load load = load(a);
        accept(load, a);

        load.commit(NO_SCRIPTS);

        assertThat(steps()).containsSubsequence("flush", "stageUnseen", "endPrivatePart");
    }

    @Test
    void ofADeliveryThatIsNotWholeNothingIsCommitted() {
        parts.deliveries = new Deliveries(List.of(new Delivery(parts.put("_SUCCESS"), List.of(a, b))));
        parts.store.delete(b);
        Load load = load(a, b);
        accept(load, a);
        load.open(b);

        assertThat(load.commit(NO_SCRIPTS)).isEmpty();
        assertThat(steps()).doesNotContain("commit");
    }

    @Test
    void whatIsFoundElsewhereIsToldOnceItIsCommitted() {
        answers();
        Load load = load(a);
        accept(load, a);
        parts.tallies.current().repeats("in/x", null, false);

        try (RememberedLog log = new RememberedLog()) {
            load.commit(NO_SCRIPTS);

            assertThat(log.messages()).containsExactly("s3://b/in/a has the same content as in/x, which is loaded");
        }
    }

    @Test
    void whatIsAskedOfTheRowsIsToldWhenTheObjectIsOver() {
        Load load = load(a, b);
        accept(load, a);
        load.ask(() -> new SkippedRecords(0, 0, 3, 0), () -> false, List::of);

        try (RememberedLog log = new RememberedLog()) {
            load.open(b);

            assertThat(log.messages()).containsExactly("s3://b/in/a: 3 comments skipped");
        }
    }

    /** An empty target has lost nothing where no load has filled it. */
    @Test
    void ofATargetWhoseLedgerIsEmptyNobodyAsksWhatItHasLost() {
        answers();
        Load load = load(a);
        parts.session.answer("rowsBefore", 0L).answer("rowsAfter", OptionalLong.of(0));
        accept(load, a);

        load.commit(NO_SCRIPTS);

        assertThat(steps()).contains("findChanges", "commit").doesNotContain("countLost");
    }

    @Test
    void aLoadThatIsClosedHoldsNothing() {
        Load load = load(a);
        accept(load, a);

        load.close();

        assertThat(body(a).isClosed()).isTrue();
        assertThat(steps()).endsWith("close");
    }

    @Test
    void theRowsMustBeWhatTheOpenObjectsColumnsAre() {
        Load load = load(a);
        load.open(a);

        assertThat(load.columnPlan().target()).isEqualTo(LoadParts.TABLE);
    }

    /** Nothing is read ahead where the warehouse may read it. */
    private Load load(ObjectVersion... objects) {
        parts.direct = new TestingDirect(0);
        parts.memory = parts.session
                .answer("isUsed", false)
                .answer("rowsBefore", 10L)
                .answer("rowsAfter", OptionalLong.of(10))
                .as(RowMemory.class);
        LoadTask task = parts.task(objects);
        EvolvingTarget target = parts.target();
        RowStaging rows = parts.rows(task, target);
        LoadSource source = parts.source(this::read);
        LoadListener listener = new Told();
        LedgerIndex index = new LedgerIndex(TestingWarehouse.empty(), parts.feed.target(), clock, read -> {});
        return new Load(
                task,
                parts.tallies,
                new ObjectOpening(task, parts.tallies, target, rows, source, listener),
                new ObjectReading(
                        task.id(), parts.tallies, source.sameContent(), 1_000, task.isOfWholeDeliveries(), listener),
                rows,
                new LoadCommit(
                        task,
                        parts.tallies,
                        rows,
                        new PrivatePart(parts.feed, source.sameContent(), parts.origin),
                        new SharedPart(task, 0, TestingWarehouse.empty(), index, parts.memory, clock),
                        clock),
                listener);
    }

    private Optional<ObjectBody> read(ObjectVersion object) {
        return parts.store.open(object).map(there -> {
            TestingBody body = new TestingBody(there.content()).contentHash(new ContentHash("sha-1", null));
            bodies.put(object, body);
            return body;
        });
    }

    private TestingBody body(ObjectVersion object) {
        return requireNonNull(bodies.get(object));
    }

    private static void accept(Load load, ObjectVersion object) {
        assertThat(load.open(object)).isPresent();
        assertThat(load.accept(List.of(LoadParts.ID, LoadParts.NAME), "id,name"))
                .isTrue();
    }

    private void answers() {
        parts.session
                .answer("lockLedger", List.of())
                .answer("findChanges", new TargetChanges(Map.of(1, ChangeCounts.NONE), Way.AS_USUAL))
                .answer("record", 0L);
    }

    private List<String> steps() {
        return parts.session.steps();
    }

    private static Row row(String id) {
        return new Row(2, List.of(id, "x"));
    }

    private static RejectedObjectException bad() {
        return new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed");
    }

    private final class Told implements LoadListener {

        @Override
        public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
            if (storedBytesDelta + rowsDelta > 0) {
                told.add(storedBytesDelta + " bytes, " + rowsDelta + " rows");
            }
        }
    }
}
