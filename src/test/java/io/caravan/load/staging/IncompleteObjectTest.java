package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IncompleteObjectTest {

    private static final long MANY = 1_000;

    private final ObjectTally tally =
            new ObjectTally(1, new ObjectVersion("b", "k", "e", 1, Instant.EPOCH), false, false);

    @Test
    void theMissingRowsAreThoseFoundIfTheyAreAsMany() {
        tally.addStaged(10);
        IncompleteObject object = new IncompleteObject(tally, 2, MANY);

        assertThat(object.missing()).isEqualTo(2);
        assertThat(object.found(4)).isTrue();
        assertThat(object.isExplainedBy(Map.of(1, 1L))).isFalse();
        assertThat(object.found(7)).isTrue();
        assertThat(object.isExplainedBy(Map.of(1, 2L))).isTrue();
        assertThat(object.isExplainedBy(Map.of(1, 3L))).isFalse();
        assertThat(object.isExplainedBy(Map.of(2, 2L))).as("of another object").isFalse();
        object.reject();

        assertThat(tally.staged()).isEqualTo(8);
        assertThat(tally.rejectedRows()).isEqualTo(2);
        assertThat(tally.lastKeptLine()).isEqualTo(7);
        assertThat(tally.isRejected()).isFalse();
    }

    @Test
    void rowsThatWereRejectedBeforeAreStagedToo() {
        tally.addStaged(10);
        tally.add(new Batch(List.of(), List.of(rejected()), 0));
        IncompleteObject object = new IncompleteObject(tally, 2, MANY);
        object.found(4);
        object.found(7);

        assertThat(object.isExplainedBy(Map.of(1, 2L))).isFalse();
        assertThat(object.isExplainedBy(Map.of(1, 3L))).isTrue();
    }

    @Test
    void anotherSearchBeginsAnew() {
        tally.addStaged(10);
        IncompleteObject object = new IncompleteObject(tally, 1, MANY);
        object.found(4);
        object.clear();
        object.found(7);

        object.reject();

        assertThat(tally.lastKeptLine()).isEqualTo(7);
    }

    @Test
    void anObjectWithTooManyOfThemIsRejectedAndKeepsTheFirst() {
        tally.addStaged(1_000);
        IncompleteObject object = new IncompleteObject(tally, 300, 200);

        LongStream.rangeClosed(1, 250)
                .forEach(line ->
                        assertThat(object.found(line)).as("line " + line).isEqualTo(line <= ObjectTally.KEPT_ROWS));
        assertThat(object.isExplainedBy(Map.of(1, 99L)))
                .as("one is staged as a good row")
                .isFalse();
        assertThat(object.isExplainedBy(Map.of(1, 100L))).isTrue();
        object.reject();

        assertThat(entry().errorCode()).isEqualTo(ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS);
        assertThat(tally.lastKeptLine()).isEqualTo(100);
    }

    /** More are missing than may be, but not as many are found. */
    @Test
    void tooFewThatAreFoundExplainNothing() {
        tally.addStaged(1_000);
        IncompleteObject object = new IncompleteObject(tally, 300, 200);
        LongStream.rangeClosed(1, 200).forEach(object::found);

        assertThat(object.isExplainedBy(Map.of(1, 100L))).isFalse();
        object.found(201);
        assertThat(object.isExplainedBy(Map.of(1, 100L))).isTrue();
    }

    @Test
    void exactlyAsManyAsMayBeAreNotTooMany() {
        tally.addStaged(1_000);
        IncompleteObject object = new IncompleteObject(tally, 200, 200);
        LongStream.rangeClosed(1, 200)
                .forEach(line -> assertThat(object.found(line)).isTrue());

        object.reject();

        assertThat(tally.isRejected()).isFalse();
        assertThat(tally.rejectedRows()).isEqualTo(200);
    }

    @Test
    void anObjectOfWhichNoRowIsLeftIsRejected() {
        tally.addStaged(1);
        IncompleteObject object = new IncompleteObject(tally, 1, MANY);
        object.found(2);

        object.reject();

        assertThat(entry().errorCode()).isEqualTo(ErrorCode.OBJECT_NO_GOOD_ROW);
    }

    @Test
    void rowsThatHaveArrivedAreRememberedAsFarAsThatCanBe() {
        IncompleteObject object = new IncompleteObject(tally, 1, MANY);

        object.arrived(3);
        object.arrived(Integer.MAX_VALUE + 1L);

        assertThat(object.hasArrived(3)).isTrue();
        assertThat(object.hasArrived(4)).isFalse();
        assertThat(object.hasArrived(Integer.MAX_VALUE + 2L)).isTrue();
    }

    private LedgerEntry entry() {
        return tally.entry(ChangeCounts.NONE);
    }

    private static RejectedRow rejected() {
        return new RejectedRow(2, null, ErrorCode.CSV_QUOTE, "why", "raw");
    }
}
