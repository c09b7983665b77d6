package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.RememberedLog;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {

    private static final long ROWS = 100;

    @ParameterizedTest
    @CsvSource({
        "MIRROR, 0, 0, NOTHING",
        "MIRROR, 3, 0, REJECTED",
        "MIRROR, 3, 1, EVERYTHING",
        "HISTORY, 3, 0, REJECTED",
        "REPLACE, 3, 1, EVERYTHING"
    })
    void whatRejectedRowsStandForStays(Mode mode, int rejected, long withoutKeys, Stays stays) {
        assertThat(snapshot(mode, "id", 0.2, ROWS, rejected, withoutKeys)).isEqualTo(new Snapshot(1, stays));
    }

    @Test
    void wherePartsAreLoadedThereIsNoSnapshot() {
        assertThat(snapshot(Mode.UPSERT, "id", 0.2, ROWS, 3, 0)).isNull();
    }

    @Test
    void anEmptyTableHasNothingToLose() {
        assertThat(snapshot(Mode.MIRROR, "id", 0.2, 0, 3, 1)).isEqualTo(new Snapshot(1, Stays.NOTHING));
        assertThat(snapshot(Mode.REPLACE, "", 0.2, 0, 3, 3)).isEqualTo(new Snapshot(1, Stays.NOTHING));
    }

    @Test
    void withoutKeysRowsMustBeAllowedToGo() {
        assertThat(snapshot(Mode.REPLACE, "", 1, ROWS, 3, 3)).isEqualTo(new Snapshot(1, Stays.NOTHING));
        assertThatThrownBy(() -> snapshot(Mode.REPLACE, "", 0.99, ROWS, 3, 3))
                .isInstanceOfSatisfying(RejectedObjectException.class, reason -> assertThat(reason.code())
                        .isEqualTo(ErrorCode.OBJECT_DELETES_TOO_MUCH))
                .hasMessageContaining("set the feed's keys");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "MIRROR, 50, 20, -",
                "MIRROR, 50, 21, the object lacks 21 of the target's 100 rows",
                "REPLACE, 80, 100, -",
                "REPLACE, 79, 100, the object would leave 79 of the target's 100 rows",
                "REPLACE, 0, 100, the object would leave 0 of the target's 100 rows",
                "REPLACE, 200, 100, -"
            })
    void noMoreGoesThanMay(Mode mode, long inserted, long missing, @Nullable String reason) {
        Snapshots snapshots = new Snapshots(feed(mode, "id", 0.2), Deliveries.NONE);
        ChangeCounts changes = new ChangeCounts(inserted, 0, 0, 0, missing);

        if (reason == null) {
            assertThatCode(() -> snapshots.check(changes, ROWS)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> snapshots.check(changes, ROWS))
                    .isInstanceOf(RejectedObjectException.class)
                    .hasMessageStartingWith(reason)
                    .hasMessageEndingWith("if it is whole, raise maxDeletedRatio for this load");
        }
    }

    /** Whoever waits for rows to go reads in the log why they stay, in the words of the mode. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "MIRROR,  -,    none is deleted because",
                "MIRROR,  gone, none is marked as deleted because",
                "HISTORY, -,    none is ended because",
            })
    void theLogSaysWhyRowsStay(Mode mode, @Nullable String deletedColumn, String words) {
        Feed feed = new FeedBuilder()
                .merge(new MergePolicy(
                        mode, Duplicates.LAST, null, deletedColumn, 0.2, "Op", mode == Mode.HISTORY, false))
                .build();
        try (RememberedLog log = new RememberedLog()) {
            new Snapshots(feed, Deliveries.NONE).of(tallies(1), ROWS, object -> 0);
            assertThat(log.messages()).as("all keys are known").isEmpty();

            new Snapshots(feed, Deliveries.NONE).of(tallies(1), ROWS, object -> 1);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("s3://b/k has 1 rejected rows whose matching keys could not be read")
                    .contains(words);
        }
    }

    @Test
    void anObjectThatNewerOnesHaveOvertakenTakesNothing() {
        ObjectTallies tallies = new ObjectTallies();
        tallies.begin(version("k"), true, false);

        assertThat(new Snapshots(feed(Mode.MIRROR, "id", 0.2), Deliveries.NONE).of(tallies, ROWS, object -> 0))
                .isNull();
    }

    /** Nobody knows which rows the rejected one has. */
    @Test
    void ofASnapshotThatLacksARejectedObjectEverythingStays() {
        ObjectTallies tallies = tallies(0);
        tallies.begin(version("bad"), false, false)
                .reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        Deliveries together =
                new Deliveries(List.of(new Delivery(version("marker"), List.of(version("k"), version("bad")))));

        assertThat(new Snapshots(feed(Mode.MIRROR, "id", 0.2), together).of(tallies, ROWS, object -> 0))
                .isEqualTo(new Snapshot(1, Stays.EVERYTHING, List.of(2)));
        assertThatThrownBy(() -> new Snapshots(feed(Mode.REPLACE, "", 0.2), together).of(tallies, ROWS, object -> 0))
                .isInstanceOf(RejectedObjectException.class)
                .hasMessageStartingWith("All of the object's rows are rejected");
    }

    private static @Nullable Snapshot snapshot(
            Mode mode, String keys, double maxDeletedRatio, long targetRows, int rejected, long withoutKeys) {
        return new Snapshots(feed(mode, keys, maxDeletedRatio), Deliveries.NONE)
                .of(tallies(rejected), targetRows, object -> withoutKeys);
    }

    /** An object with a row, and so many rejected ones. */
    private static ObjectTallies tallies(int rejected) {
        ObjectTallies tallies = new ObjectTallies();
        ObjectTally tally = tallies.begin(version("k"), false, false);
        RejectedRow row = new RejectedRow(2, null, ErrorCode.CSV_QUOTE, "why", "raw");
        tally.add(new Batch(List.of(new Row(3, List.of("1"))), Collections.nCopies(rejected, row), 0));
        return tallies;
    }

    private static ObjectVersion version(String key) {
        return new ObjectVersion("b", key, "e", 1, Instant.EPOCH);
    }

    private static Feed feed(Mode mode, String keys, double maxDeletedRatio) {
        return new FeedBuilder()
                .keys(keys.isEmpty() ? List.of() : List.of(keys))
                .merge(new MergePolicy(
                        mode, Duplicates.LAST, null, null, maxDeletedRatio, "Op", mode == Mode.HISTORY, false))
                .build();
    }
}
