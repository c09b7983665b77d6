package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.SkippedRecords;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ContentHash;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.Row;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.TestingBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The open object: what is told of it, and what its bytes mean once they are read. */
class ObjectReadingTest {

    private static final ObjectVersion OBJECT = new ObjectVersion("b", "in/a", "e", 9, Instant.EPOCH);

    private final ObjectTallies tallies = new ObjectTallies();
    private final List<String> progress = new ArrayList<>();
    private final ObjectTally tally = tallies.begin(OBJECT, false, false);

    @Test
    void progressIsToldAsWhatHasComeSinceTheLastTime() {
        ObjectReading reading = reading(SameContent.NONE, false);
        TestingBody body = new TestingBody("");
        reading.begin(body);

        body.hasRead(10);
        reading.tell(3);
        body.hasRead(15);
        reading.tell(2);
        body.hasRead(16);
        reading.close();

        assertThat(progress).containsExactly("10 bytes, 3 rows", "5 bytes, 2 rows", "1 bytes, 0 rows");
        assertThat(body.isClosed()).isTrue();
    }

    @Test
    void theNextObjectBeginsAtItsFirstByte() {
        ObjectReading reading = reading(SameContent.NONE, false);
        TestingBody first = new TestingBody("");
        reading.begin(first);
        first.hasRead(10);
        reading.close();
        TestingBody second = new TestingBody("");
        reading.begin(second);
        second.hasRead(4);
        reading.tell(1);

        assertThat(progress).containsExactly("10 bytes, 0 rows", "4 bytes, 1 rows");
    }

    @Test
    void withoutAnOpenObjectNothingIsTold() {
        ObjectReading reading = reading(SameContent.NONE, false);

        reading.tell(3);
        reading.close();
        reading.begin(new TestingBody(""));
        reading.close();
        reading.close();

        assertThat(progress).containsExactly("0 bytes, 0 rows");
    }

    /** Of a delivery that is one snapshot it is not known before its last object whether all have been loaded. */
    @ParameterizedTest
    @CsvSource({
        // what the bytes come to, whether deliveries are whole | left out now
        "sha-1, false, true",
        "sha-1, true,  false",
        "sha-2, false, false",
    })
    void anObjectWhoseBytesAreLoadedIsLeftOut(String hash, boolean isOfWholeDeliveries, boolean isLeftOut) {
        ObjectReading reading = reading(new TestingSameContent(OBJECT, "sha-1"), isOfWholeDeliveries);
        reading.begin(new TestingBody("").contentHash(new ContentHash(hash, null)));

        reading.close();

        assertThat(tally.sha256()).isEqualTo(hash);
        assertThat(tally.isNeedless()).isEqualTo(isLeftOut);
        tallies.leaveOutRepeated(Deliveries.NONE);
        assertThat(tally.isNeedless()).as("as a whole delivery").isEqualTo(hash.equals("sha-1"));
    }

    @Test
    void anObjectThatWasNotReadToItsEndIsNoneThatIsLoaded() {
        ObjectReading reading = reading(new TestingSameContent(OBJECT, "sha-1"), false);
        reading.begin(new TestingBody(""));

        reading.close();

        assertThat(tally.sha256()).isNull();
        assertThat(tally.isNeedless()).isFalse();
    }

    @Test
    void aRejectedObjectIsReadOnOnlyIfItsBytesMayBeLoaded() throws IOException {
        TestingBody other = new TestingBody("rest");
        ObjectReading reading = reading(SameContent.NONE, false);
        reading.begin(other);
        reading.readOnIfItMayBeLoaded();
        assertThat(other.content().available()).isEqualTo(4);

        TestingBody same = new TestingBody("rest");
        ObjectReading again = reading(new TestingSameContent(OBJECT, "sha-1"), false);
        again.readOnIfItMayBeLoaded();
        again.begin(same);
        again.readOnIfItMayBeLoaded();
        assertThat(same.content().available()).isZero();
    }

    @Test
    void noMoreIsReadOnThanAnObjectMayHave() {
        TestingStream endless = new TestingStream(() -> (byte) 'x');
        ObjectReading reading =
                new ObjectReading("load", tallies, new TestingSameContent(OBJECT, "sha-1"), 40_000, false, new Told());
        reading.begin(new TestingBody(endless));

        reading.readOnIfItMayBeLoaded();

        assertThat(endless.read).isBetween(40_000L, 80_000L);
    }

    @Test
    void whatCannotBeReadOnIsNotWhatIsLoaded() {
        ObjectReading reading = reading(new TestingSameContent(OBJECT, "sha-1"), false);
        reading.begin(new TestingBody(new TestingStream(() -> {
            throw new RejectedObjectException(ErrorCode.OBJECT_COMPRESSION, "damaged");
        })));

        reading.readOnIfItMayBeLoaded();

        assertThat(tally.isNeedless()).isFalse();
    }

    @Test
    void aFailureWhileItIsReadOnEndsTheLoad() {
        ObjectReading reading = reading(new TestingSameContent(OBJECT, "sha-1"), false);
        reading.begin(new TestingBody(new TestingStream(() -> {
            throw new IOException("broken");
        })));

        assertThatThrownBy(reading::readOnIfItMayBeLoaded).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatIsSkippedIsLoggedOnceAndEndingDelimitersOnceALoadAndRemarksOfEachObject() {
        ObjectReading reading = reading(SameContent.NONE, false);
        try (RememberedLog log = new RememberedLog()) {
            reading.begin(new TestingBody(""));
            reading.ask(() -> new SkippedRecords(0, 2, 0, 0), () -> true, () -> List.of("qty is narrow"));
            reading.close();
            reading.begin(new TestingBody(""));
            reading.close();
            reading.begin(new TestingBody(""));
            reading.ask(() -> SkippedRecords.NONE, () -> true, List::of);
            reading.close();

            assertThat(log.messages())
                    .containsExactly(
                            "s3://b/in/a: 2 records of empty fields skipped",
                            "s3://b/in/a: lines end in a delimiter with nothing behind it; no column is made of that",
                            "s3://b/in/a: qty is narrow");
        }
    }

    @Test
    void rowsAreAtThePlacesOfTheirRecordsWhichCountThoseThatAreSkipped() {
        ObjectReading reading = reading(SameContent.NONE, false);
        StagingTables tables =
                new LoadParts().rows(new LoadParts().task(OBJECT)).tables();
        Row row = new Row(2, List.of("1", "Ada"));
        PlacingOrigin origin = new PlacingOrigin();

        assertThat(reading.placed(List.of(row).iterator(), origin, tables).next())
                .as("nothing is open")
                .isSameAs(row);
        assertThat(origin.skipped).isEmpty();

        reading.begin(new TestingBody(""));
        reading.placed(List.of(row).iterator(), origin, tables);
        reading.ask(() -> new SkippedRecords(1, 2, 7, 7), () -> false, List::of);
        reading.placed(List.of(row).iterator(), origin, tables);
        assertThat(origin.skipped).containsExactly(0L, 3L);
    }

    private ObjectReading reading(SameContent sameContent, boolean isOfWholeDeliveries) {
        return new ObjectReading("load", tallies, sameContent, 1_000_000, isOfWholeDeliveries, new Told());
    }

    private final class Told implements LoadListener {

        @Override
        public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
            progress.add(storedBytesDelta + " bytes, " + rowsDelta + " rows");
        }
    }

    /** Has so many bytes each time as are asked for, or fails. */
    private static final class TestingStream extends InputStream {

        private final Callable<Byte> next;
        private long read;

        TestingStream(Callable<Byte> next) {
            this.next = next;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) == 1 ? one[0] : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                Arrays.fill(bytes, offset, offset + length, next.call());
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            read += length;
            return length;
        }
    }

    /** Asks how many records were skipped. */
    private static final class PlacingOrigin implements RowOrigin {

        private final List<Long> skipped = new ArrayList<>();

        @Override
        public boolean isReplay() {
            return true;
        }

        @Override
        public boolean overwrites() {
            return false;
        }

        @Override
        public boolean isOfSnapshot() {
            return false;
        }

        @Override
        public Iterator<? extends ParsedRow> placed(
                Iterator<? extends ParsedRow> rows,
                ObjectBody body,
                ObjectTally tally,
                LongSupplier skippedSoFar,
                StagingTables tables) {
            skipped.add(skippedSoFar.getAsLong());
            return rows;
        }
    }
}
