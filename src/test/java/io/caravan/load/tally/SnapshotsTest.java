package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
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

    private static @Nullable Snapshot snapshot(
            Mode mode, String keys, double maxDeletedRatio, long targetRows, int rejected, long withoutKeys) {
        ObjectTallies tallies = new ObjectTallies();
        ObjectTally tally = tallies.begin(new ObjectVersion("b", "k", "e", 1, Instant.EPOCH), false, false);
        RejectedRow row = new RejectedRow(2, null, ErrorCode.CSV_QUOTE, "why", "raw");
        tally.add(new Batch(List.of(new Row(3, List.of("1"))), Collections.nCopies(rejected, row), 0));
        return new Snapshots(feed(mode, keys, maxDeletedRatio), Deliveries.NONE)
                .of(tallies, targetRows, object -> withoutKeys);
    }

    private static Feed feed(Mode mode, String keys, double maxDeletedRatio) {
        return new FeedBuilder()
                .keys(keys.isEmpty() ? List.of() : List.of(keys))
                .merge(new MergePolicy(
                        mode, Duplicates.LAST, null, null, maxDeletedRatio, "Op", mode == Mode.HISTORY, false))
                .build();
    }
}
