package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountCheckTest {

    /** What a load says that it did to a target of ten rows, and how many it must have then. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // mode, deletedColumn, inserted, updated, deleted, missing | rows
                "UPSERT,  -,    2, 3, 0, 0, 12",
                "CHANGES, -,    2, 3, 4, 0, 8",
                "CHANGES, gone, 2, 3, 4, 0, 12",
                "MIRROR,  -,    2, 3, 0, 1, 11",
                "MIRROR,  gone, 2, 3, 0, 1, 12",
                "HISTORY, -,    2, 3, 0, 0, 15",
                "APPEND,  -,    9, 0, 0, 0, 19",
                "REPLACE, -,    9, 0, 0, 10, 9",
            })
    void theTargetMustHaveAsManyRowsAsTheCountsSay(
            Mode mode,
            @Nullable String deletedColumn,
            long inserted,
            long updated,
            long deleted,
            long missing,
            long rows) {
        MergePolicy merge = new MergePolicy(mode, Duplicates.LAST, null, deletedColumn, 1, "Op", false, false);

        assertThat(CountCheck.rowsAfter(merge, new ChangeCounts(inserted, updated, deleted, 0, missing), 10))
                .isEqualTo(rows);
    }

    @Test
    void oneRowMoreOrLessEndsTheLoad() {
        assertThatCode(() -> CountCheck.requireRows(load(), 12, 12)).doesNotThrowAnyException();
        for (long rows : new long[] {11, 13}) {
            assertThatThrownBy(() -> CountCheck.requireRows(load(), 12, rows))
                    .isInstanceOfSatisfying(RetryableException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.COUNTS_DO_NOT_ADD_UP))
                    .hasMessageContaining("the target should have 12 rows and has " + rows);
        }
    }

    private static LoadRecord load() {
        return new LoadRecord(
                "l1",
                "f",
                TableName.parse("public.t"),
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(),
                PhaseTimes.NONE,
                null,
                null);
    }
}
