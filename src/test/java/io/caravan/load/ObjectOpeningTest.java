package io.caravan.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.tally.ObjectTally;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of a load's objects are read, which are rejected, and which are left to a later load. */
class ObjectOpeningTest {

    private static final List<Column> COLUMNS = List.of(LoadParts.ID, LoadParts.NAME);

    private final LoadParts parts = new LoadParts();
    private final List<ObjectVersion> read = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final ObjectVersion a = parts.put("a");
    private final ObjectVersion b = parts.put("b");
    private final ObjectVersion c = parts.put("c");
    private @Nullable RowStaging rows;

    @Test
    void objectsAreReadOneAfterAnother() {
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        assertThat(opened(opening, b)).isTrue();

        assertThat(read).containsExactlyInAnyOrder(a, b);
        assertThat(told).containsExactly("in/a", "in/b");
        assertThat(result(opening)).isEqualTo(new LoadResult("l1", List.of(a, b), List.of(), List.of(), null, null));
    }

    @Test
    void anObjectThatIsGoneIsLeftAndTheOthersLoad() {
        parts.store.delete(a);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isFalse();
        assertThat(opened(opening, b)).isTrue();

        assertThat(result(opening)).isEqualTo(new LoadResult("l1", List.of(b), List.of(), List.of(a), null, null));
        assertThat(parts.tallies.numbers()).containsExactly(1);
    }

    @Test
    void anObjectThatCannotBeReadIsLeftAndTheOthersLoad() {
        RetryableException denied = new RetryableException(ErrorCode.OBJECT_DENIED, "denied");
        parts.store.fail(a, denied);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isFalse();
        assertThat(opened(opening, b)).isTrue();

        assertThat(result(opening))
                .isEqualTo(
                        new LoadResult("l1", List.of(b), List.of(new FailedObject(a, denied)), List.of(), null, null));
    }

    @Test
    void aStoreThatFailsEndsTheLoad() {
        RetryableException busy = new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "busy");
        parts.store.fail(a, busy);
        ObjectOpening opening = opening(a, b);

        assertThatThrownBy(() -> opening.open(a)).isSameAs(busy);
        assertThat(opening.result(busy, null).done()).isEmpty();
    }

    /** So that it can be rejected. */
    @Test
    void anObjectThatIsNeverToBeReadIsTheCurrentOneWhenThatIsSaid() {
        RejectedObjectException deadly = new RejectedObjectException(ErrorCode.OBJECT_ENDED_THE_PROCESS, "deadly");
        parts.verdicts.put(a, deadly);
        ObjectOpening opening = opening(a);

        assertThatThrownBy(() -> opening.open(a)).isSameAs(deadly);
        assertThat(parts.tallies.current().object()).isEqualTo(a);
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ofSnapshotsOnlyTheNewestIsReadAndOfAHistoryOneALoad(Mode mode) {
        parts.feed = TestingFeed.of(mode);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, b)).isTrue();
        assertThat(opened(opening, a)).isEqualTo(!mode.isSnapshot() && !mode.keepsVersions());
        assertThat(outcomes())
                .isEqualTo(
                        mode.isSnapshot()
                                ? List.of(Outcome.LOADED, Outcome.SUPERSEDED)
                                : mode.keepsVersions()
                                        ? List.of(Outcome.LOADED)
                                        : List.of(Outcome.LOADED, Outcome.LOADED));
    }

    @ParameterizedTest
    @EnumSource(names = {"MIRROR", "HISTORY"})
    void whereTheFirstIsRejectedTheNextIsRead(Mode mode) {
        parts.feed = TestingFeed.of(mode);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, b)).isTrue();
        parts.tallies.current().reject(bad());

        assertThat(opened(opening, a)).isTrue();
    }

    @Test
    void aSnapshotThatNewerOnesHaveOvertakenIsNotRead() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        parts.overtaken = Set.of(a);
        ObjectOpening opening = opening(a);

        assertThat(opened(opening, a)).isFalse();
        assertThat(outcomes()).containsExactly(Outcome.SUPERSEDED);
        assertThat(told).isEmpty();
    }

    @Test
    void whatStandsApartIsNotLoadedBehindOthers() {
        parts.apart = Set.of(b);
        ObjectOpening opening = opening(a, b, c);

        assertThat(opened(opening, a)).isTrue();
        assertThat(opened(opening, b)).isFalse();
        assertThat(opened(opening, c)).as("nor is what comes after it").isFalse();
        assertThat(result(opening).done()).containsExactly(a);
    }

    @Test
    void nothingIsLoadedBehindWhatStandsApart() {
        parts.apart = Set.of(a);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        assertThat(opened(opening, b)).isFalse();
    }

    @Test
    void behindOneThatIsRejectedItStandsApartAnyway() {
        parts.apart = Set.of(b);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        parts.tallies.current().reject(bad());

        assertThat(opened(opening, b)).isTrue();
    }

    /** What it held is known once the next one is asked for. */
    @Test
    void anObjectIsJudgedBeforeTheNextOneIsOpened() {
        parts.feed = new FeedBuilder()
                .merge(TestingFeed.of(Mode.HISTORY).merge())
                .limits(new Limits(10, 1000, 10, 0.4, 10, 1000, 1000, 1000))
                .build();
        ObjectOpening opening = opening(a, b);
        opened(opening, a);
        parts.tallies
                .current()
                .add(new Batch(
                        List.of(new Row(2, List.of("1", "Ada"))),
                        List.of(new RejectedRow(3, null, ErrorCode.CSV_QUOTE, "why", "raw")),
                        0));

        assertThat(opened(opening, b)).as("nothing good is before it").isTrue();
        assertThat(parts.tallies.numbered(1).isRejected()).isTrue();
    }

    @Test
    void anObjectWithOtherColumnsIsLeftWithThoseAfterIt() {
        ObjectOpening opening = opening(a, b, c);
        opened(opening, a);
        assertThat(opening.accept(COLUMNS, "id,name")).isTrue();

        opened(opening, b);
        assertThat(opening.accept(List.of(LoadParts.ID), "id")).isFalse();
        opening.leave();

        assertThat(opened(opening, c)).isFalse();
        assertThat(result(opening).done()).containsExactly(a);
        assertThat(entries().get(0).header()).isEqualTo("id,name");
    }

    @Test
    void objectsThatBelongTogetherHaveTheSameColumns() {
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        ObjectOpening opening = opening(a, b);
        opened(opening, a);
        opening.accept(COLUMNS, "id,name");
        opened(opening, b);

        assertThatThrownBy(() -> opening.accept(List.of(LoadParts.ID), "id"))
                .isInstanceOfSatisfying(RejectedObjectException.class, reason -> assertThat(reason.code())
                        .isEqualTo(ErrorCode.OBJECT_HEADER));
    }

    @Test
    void headersThatFillTheMemoryLeaveTheRestToALaterLoad() {
        String long1 = "x".repeat(3 * 1024 * 1024);
        ObjectOpening opening = opening(a, b, c);
        opened(opening, a);
        opening.accept(COLUMNS, long1);
        assertThat(opened(opening, b)).isTrue();
        opening.accept(COLUMNS, long1 + "y");

        assertThat(opened(opening, c)).isFalse();
    }

    @Test
    void objectsThatBelongTogetherAreNotCutByTheirHeaders() {
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        ObjectOpening opening = opening(a, b);
        opened(opening, a);
        opening.accept(COLUMNS, "x".repeat(5 * 1024 * 1024));

        assertThat(opened(opening, b)).isTrue();
    }

    @Test
    void ofADeliveryThatLacksAnObjectNothingIsLoaded() {
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        parts.store.delete(a);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isFalse();
        assertThat(opened(opening, b)).isFalse();
        opening.end();

        assertThat(result(opening)).isEqualTo(new LoadResult("l1", List.of(), List.of(), List.of(a), null, null));
    }

    @Test
    void whatWasReadOfADeliveryIsTakenBackIfTheNextCannotBeRead() {
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        parts.store.fail(b, new RetryableException(ErrorCode.OBJECT_ARCHIVED, "archived"));
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        assertThat(opened(opening, b)).isFalse();
        opening.end();

        assertThat(parts.tallies.areNone()).isTrue();
        assertThat(result(opening).unreadable())
                .extracting(FailedObject::object)
                .containsExactly(b);
    }

    @Test
    void ofASnapshotOfSeveralObjectsAllAreRead() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        assertThat(opened(opening, b)).isTrue();
    }

    @Test
    void anObjectThatTheWarehouseReadsIsNotReadHere() {
        parts.direct = new TestingDirect(3);
        ObjectOpening opening = opening(a);

        assertThat(opened(opening, a)).isFalse();

        assertThat(read).isEmpty();
        LedgerEntry entry = parts.tallies
                .entries(Map.of(1, new ChangeCounts(3, 0, 0, 0, 0)))
                .get(0);
        assertThat(entry.counts().inserted()).isEqualTo(3);
        assertThat(entry.versionId()).isEqualTo("v7");
        assertThat(entry.header()).isEqualTo("id,name");
        assertThat(told).containsExactly("in/a", a.sizeBytes() + " bytes, 3 rows");
        assertThat(staging().haveColumns()).isTrue();
    }

    @Test
    void anObjectThatTheWarehouseDoesNotTakeIsReadHere() {
        parts.direct = new TestingDirect(0);
        ObjectOpening opening = opening(a, b);

        assertThat(opened(opening, a)).isTrue();
        assertThat(read).as("nothing is read ahead that the warehouse may read").containsExactly(a);
    }

    @Test
    void anObjectThatMayBeLoadedAlreadyIsReadHere() {
        parts.direct = new TestingDirect(3);
        parts.sameContent = new TestingSameContent(a, "sha");
        ObjectOpening opening = opening(a);

        assertThat(opened(opening, a)).isTrue();
    }

    @Test
    void theTargetChangesForTheFirstObjectAndIsFixedForTheOthers() {
        parts.feed = new FeedBuilder()
                .schema(new SchemaPolicy(true, 50, false, null, List.of()))
                .build();
        ObjectVersion wider = parts.store.put("b", "in/w", "id,name,age\n1,Ada,7\n");
        ObjectVersion widest = parts.store.put("b", "in/x", "id,name,age,city\n1,Ada,7,Oslo\n");
        Column age = new Column("age", ColumnType.of(ColumnType.Kind.BIGINT), true, false);
        parts.session.answer(
                "evolve", new TargetTable(LoadParts.TABLE.name(), List.of(LoadParts.ID, LoadParts.NAME, age)));
        ObjectOpening opening = opening(wider, widest, c);

        assertThat(opened(opening, wider)).isTrue();
        assertThat(parts.session.steps()).containsExactly("evolve");
        opening.accept(List.of(LoadParts.ID, LoadParts.NAME, age), "id,name,age");

        assertThat(opened(opening, widest)).isFalse();
        assertThat(opened(opening, c)).isFalse();
        assertThat(result(opening).done()).containsExactly(wider);
        assertThat(parts.session.steps()).containsExactly("evolve");
    }

    @Test
    void ofTwoSnapshotsWithTheBytesOfLoadedOnesBothAreLeftOutAtTheEnd() {
        parts.feed = TestingFeed.of(Mode.MIRROR);
        parts.deliveries = new Deliveries(List.of(new Delivery(c, List.of(a, b))));
        ObjectOpening opening = opening(a, b);
        opened(opening, a);
        parts.tallies.current().repeatsItself();
        opened(opening, b);
        parts.tallies.current().repeatsItself();

        opening.end();

        assertThat(parts.tallies.all()).extracting(ObjectTally::isNeedless).containsExactly(true, true);
    }

    private boolean opened(ObjectOpening opening, ObjectVersion object) {
        Optional<ObjectBody> body = opening.open(object);
        body.ifPresent(ObjectBody::close);
        return body.isPresent();
    }

    private static LoadResult result(ObjectOpening opening) {
        LoadResult result = opening.result(null, null);
        opening.close();
        return result;
    }

    private ObjectOpening opening(ObjectVersion... objects) {
        LoadTask task = parts.task(objects);
        EvolvingTarget target = parts.target();
        rows = parts.rows(task, target);
        LoadSource source = parts.source(object -> {
            synchronized (read) {
                read.add(object);
            }
            return parts.store.open(object);
        });
        return new ObjectOpening(task, parts.tallies, target, rows, source, new Told());
    }

    private RowStaging staging() {
        return requireNonNull(rows);
    }

    private List<LedgerEntry> entries() {
        return parts.tallies.entries(Map.of());
    }

    private List<Outcome> outcomes() {
        return entries().stream().map(LedgerEntry::outcome).toList();
    }

    private static RejectedObjectException bad() {
        return new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed");
    }

    private final class Told implements LoadListener {

        @Override
        public void objectStarted(String loadId, ObjectVersion object) {
            told.add(object.key());
        }

        @Override
        public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
            told.add(storedBytesDelta + " bytes, " + rowsDelta + " rows");
        }
    }
}
