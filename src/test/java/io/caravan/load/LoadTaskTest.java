package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.replay.TestingReplay;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTaskTest {

    private static final ObjectVersion OLDER = version("a");
    private static final ObjectVersion NEWER = version("b");

    @ParameterizedTest
    @EnumSource
    void snapshotsAreOpenedFromTheNewestOn(Mode mode) {
        assertThat(task(mode, RowOrigin.OBJECTS, OLDER, NEWER).inOrder())
                .isEqualTo(mode.isSnapshot() ? List.of(NEWER, OLDER) : List.of(OLDER, NEWER));
    }

    @ParameterizedTest
    @EnumSource
    void objectsAreReadAheadWhereAllOfThemAreOpened(Mode mode) {
        assertThat(task(mode, RowOrigin.OBJECTS, OLDER, NEWER).opensAll())
                .isEqualTo(!mode.isSnapshot() && !mode.keepsVersions());
        assertThat(task(mode, RowOrigin.OBJECTS, OLDER).opensAll()).isFalse();
        assertThat(task(mode, TestingReplay.of(true), OLDER, NEWER).opensAll()).isFalse();
    }

    /** Only of snapshots: other objects that belong together change nothing by what they lack. */
    @ParameterizedTest
    @EnumSource
    void theObjectsOfADeliveryAreOneSnapshot(Mode mode) {
        Deliveries deliveries = new Deliveries(List.of(new Delivery(version("_SUCCESS"), List.of(OLDER, NEWER))));

        assertThat(task(mode, deliveries).isOfWholeDeliveries()).isEqualTo(mode.isSnapshot());
        assertThat(task(mode, Deliveries.NONE).isOfWholeDeliveries()).isFalse();
    }

    /** The newest snapshot first, but the objects of one in their order, and of those only what the load took. */
    @Test
    void deliveriesThatAreSnapshotsAreOpenedFromTheNewestOn() {
        ObjectVersion newest = version("c");
        Deliveries deliveries = new Deliveries(List.of(
                new Delivery(version("x"), List.of(OLDER, NEWER)),
                new Delivery(version("y"), List.of(version("not taken"), newest))));
        LoadTask task = new LoadTask(
                "l1",
                TestingFeed.of(Mode.MIRROR),
                List.of(OLDER, NEWER, newest),
                Set.of(),
                Set.of(),
                RowOrigin.OBJECTS,
                Instant.EPOCH,
                deliveries);

        assertThat(task.inOrder()).containsExactly(newest, OLDER, NEWER);
    }

    private static LoadTask task(Mode mode, Deliveries deliveries) {
        return new LoadTask(
                "l1",
                TestingFeed.of(mode),
                List.of(OLDER, NEWER),
                Set.of(),
                Set.of(),
                RowOrigin.OBJECTS,
                Instant.EPOCH,
                deliveries);
    }

    @Test
    void rowsThatMayBeHeldBackComeWithTheirRecords() {
        LoadTask late = new LoadTask(
                "l1",
                TestingFeed.of(Mode.UPSERT),
                List.of(OLDER, NEWER),
                Set.of(OLDER),
                Set.of(OLDER),
                RowOrigin.OBJECTS,
                Instant.EPOCH);

        assertThat(late.keepsRaw()).isTrue();
        assertThat(late.isOvertaken(OLDER)).isTrue();
        assertThat(late.isApart(OLDER)).isTrue();
        assertThat(late.isApart(NEWER)).isFalse();
        assertThat(task(Mode.UPSERT, RowOrigin.OBJECTS, OLDER).keepsRaw()).isFalse();
    }

    @Test
    void aLoadThatFailsSaysNothingOfItsObjects() {
        LoadRecord failed = task(Mode.UPSERT, RowOrigin.OBJECTS, OLDER)
                .failed(Instant.MAX, new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy"));

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.objects()).isEmpty();
        assertThat(failed.errorCode()).isEqualTo(ErrorCode.WAREHOUSE_BUSY);
        assertThat(failed.error()).isEqualTo("busy");
    }

    private static LoadTask task(Mode mode, RowOrigin origin, ObjectVersion... objects) {
        return new LoadTask("l1", TestingFeed.of(mode), List.of(objects), Set.of(), Set.of(), origin, Instant.EPOCH);
    }

    private static ObjectVersion version(String key) {
        return new ObjectVersion("b", "in/" + key, "e", 1, Instant.EPOCH);
    }
}
