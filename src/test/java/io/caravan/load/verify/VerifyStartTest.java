package io.caravan.load.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.verify.VerifyStart.Kind;
import io.caravan.load.verify.VerifyStart.Start;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.TableComparison.Extent;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyStartTest {

    private static final LoadCounts GOOD = new LoadCounts(1, 1, 0, 0, 0, 0);
    private static final LoadCounts IN_PART = new LoadCounts(2, 1, 0, 0, 0, 1);

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REPLACE", "MIRROR"})
    void whatIsNoSnapshotNeedsAllLoads(Mode mode) {
        VerifyStart search = loads(TestingFeed.of(mode), null, GOOD, GOOD);

        assertThat(search.start()).isEqualTo(new Start(Kind.BEGINNING, 0));
        assertThat(search.extent()).isEqualTo(mode == Mode.UPDATE_ONLY ? Extent.UPDATED : Extent.ALL);
    }

    @Test
    void aSnapshotNeedsNoLoadBeforeTheLastWholeOne() {
        assertThat(loads(TestingFeed.of(Mode.REPLACE), null, GOOD, GOOD, IN_PART)
                        .start())
                .isEqualTo(new Start(Kind.REPLACED, 1));
        assertThat(loads(TestingFeed.of(Mode.MIRROR), null, GOOD, GOOD).start()).isEqualTo(new Start(Kind.MIRRORED, 1));
        assertThat(loads(TestingFeed.of(Mode.MIRROR), null, IN_PART).start()).isEqualTo(new Start(Kind.BEGINNING, 0));
    }

    @Test
    void aSnapshotThatMarksOrLeavesNewerRowsNeedsAllLoads() {
        MergePolicy marks =
                new MergePolicy(Mode.MIRROR, MergePolicy.Duplicates.LAST, null, "gone", 1, "Op", false, false);
        MergePolicy orders =
                new MergePolicy(Mode.MIRROR, MergePolicy.Duplicates.LAST, "at", null, 1, "Op", false, false);

        assertThat(loads(TestingFeed.of(marks), null, GOOD).start().kind()).isEqualTo(Kind.BEGINNING);
        assertThat(loads(TestingFeed.of(orders), null, GOOD).start().kind()).isEqualTo(Kind.BEGINNING);
    }

    @Test
    void sinceATimeOnlyModesCanBeComparedInWhichLaterRowsStandAlone() {
        Instant second = Instant.ofEpochSecond(2);
        for (Mode mode : List.of(Mode.UPSERT, Mode.APPEND, Mode.CHANGES)) {
            VerifyStart search = loads(TestingFeed.of(mode), second, GOOD, GOOD, GOOD);
            assertThat(search.start()).isEqualTo(new Start(Kind.SINCE, 1));
            assertThat(search.extent()).isEqualTo(Extent.LOADED);
        }
        for (Mode mode : List.of(Mode.UPDATE_ONLY, Mode.INSERT_ONLY, Mode.HISTORY)) {
            assertThatThrownBy(() -> loads(TestingFeed.of(mode), second, GOOD, GOOD))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("leave out --since");
        }
        assertThat(loads(TestingFeed.of(Mode.MIRROR), second, GOOD, GOOD, GOOD).start())
                .isEqualTo(new Start(Kind.MIRRORED, 2));
        assertThat(loads(TestingFeed.of(Mode.HISTORY), second, GOOD).start()).isEqualTo(new Start(Kind.SINCE, 2));
    }

    @Test
    void rowsThatAreOnlyUpdatedAreFoundByTheirKeys() {
        Column id = new Column("ID", ColumnType.varchar(3), true, false);
        Column name = new Column("name", ColumnType.varchar(3), true, false);
        TargetTable table = new TargetTable(TestingFeed.of(Mode.UPSERT).target(), List.of(id, name));

        assertThat(loads(TestingFeed.of(Mode.UPDATE_ONLY), null, GOOD).keys(table))
                .containsExactly(id);
    }

    private static VerifyStart loads(Feed feed, @Nullable Instant since, LoadCounts... counts) {
        VerifyStart search = new VerifyStart(new FeedsOfTable(feed.target(), List.of(feed)), since);
        for (int i = 0; i < counts.length; i++) {
            search.add(PastLoads.of(i + 1, feed.prefixes().get(0) + i, Outcome.LOADED, counts[i]));
        }
        search.add(PastLoads.of(counts.length + 1, feed.prefixes().get(0) + "x", Outcome.REJECTED, GOOD));
        return search;
    }
}
