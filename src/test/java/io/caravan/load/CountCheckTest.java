package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ObjectVersion;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.spi.StagingTable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the target's rows add up stands in {@link SharedPartTest}, by mode. */
class CountCheckTest {

    private final ObjectTallies tallies = new ObjectTallies();

    /** An object of three rows and two rejected ones. */
    @ParameterizedTest
    @CsvSource({
        // staged rows, staged rejected rows | add up
        "3, 2, true",
        "2, 2, false",
        "4, 2, false",
        "3, 1, false",
        "3, 3, false",
        "0, 0, false",
    })
    void asManyRowsOfAnObjectAreStagedAsWereSent(long rows, long rejected, boolean addUp) {
        add("a", 1, 0);
        add("b", 3, 2);

        assertStaged(Map.of(1, 1L, 2, rows), Map.of(2, rejected), addUp);
    }

    @Test
    void ofAnObjectThatIsDroppedNothingIsExpected() {
        add("a", 3, 2).leaveOut();
        add("b", 1, 0);

        assertStaged(Map.of(2, 1L), Map.of(1, 1L), true);
    }

    @Test
    void anObjectWithoutRowsNeedsNoCounts() {
        add("a", 0, 0);

        assertThatCode(() -> CountCheck.requireStaged(Map.of(), tallies)).doesNotThrowAnyException();
    }

    private void assertStaged(Map<Integer, Long> rows, Map<Integer, Long> rejected, boolean addUp) {
        Map<StagingTable, Map<Integer, Long>> counts = Map.of(StagingTable.ROWS, rows, StagingTable.REJECTED, rejected);
        if (addUp) {
            assertThatCode(() -> CountCheck.requireStaged(counts, tallies)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> CountCheck.requireStaged(counts, tallies))
                    .isInstanceOfSatisfying(RetryableException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.COUNTS_DO_NOT_ADD_UP));
        }
    }

    private ObjectTally add(String key, int rows, int rejected) {
        ObjectTally tally = tallies.begin(new ObjectVersion("b", key, "e", 1, Instant.EPOCH), false, false);
        tally.addStaged(rows);
        RejectedRow row = new RejectedRow(2, null, ErrorCode.CSV_QUOTE, "why", "raw");
        tally.add(new Batch(List.of(), Collections.nCopies(rejected, row), 0));
        return tally;
    }
}
