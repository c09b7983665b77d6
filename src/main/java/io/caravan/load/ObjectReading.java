package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.SkippedRecords;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ContentHash;
import io.caravan.model.row.ParsedRow;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open object of a load, if there is one: the progress of its reading, and the hash of its bytes. Used by one thread.
 */
final class ObjectReading implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ObjectReading.class);

    private static final int BUFFER_BYTES = 16 * 1024;

    private final String loadId;
    private final ObjectTallies tallies;
    private final SameContent sameContent;
    private final long maxBytes;
    private final boolean isOfWholeDeliveries;
    private final LoadListener listener;
    private @Nullable ObjectBody body;
    private @Nullable Supplier<SkippedRecords> skipped;
    private BooleanSupplier endsInDelimiters = () -> false;
    private Supplier<List<String>> remarks = List::of;
    private boolean hasToldDelimiters;
    private long bytesTold;

    /**
     * Begins with none.
     *
     * @param loadId id of the load
     * @param tallies the current tally gets the hash of the object's bytes
     * @param maxBytes most decompressed bytes of an object
     * @param isOfWholeDeliveries whether objects whose bytes are loaded already are left out only together
     */
    ObjectReading(
            String loadId,
            ObjectTallies tallies,
            SameContent sameContent,
            long maxBytes,
            boolean isOfWholeDeliveries,
            LoadListener listener) {
        this.loadId = loadId;
        this.tallies = tallies;
        this.sameContent = sameContent;
        this.maxBytes = maxBytes;
        this.isOfWholeDeliveries = isOfWholeDeliveries;
        this.listener = listener;
    }

    /** Takes the content of an object that has been opened, and returns it. */
    ObjectBody begin(ObjectBody opened) {
        body = opened;
        bytesTold = 0;
        return opened;
    }

    /** Returns rows of the open object at the places of their records. */
    Iterator<? extends ParsedRow> placed(Iterator<? extends ParsedRow> rows, RowOrigin origin, StagingTables tables) {
        return body == null ? rows : origin.placed(rows, body, tallies.current(), this::skipped, tables);
    }

    /** Implements {@link Load#ask}. */
    void ask(Supplier<SkippedRecords> records, BooleanSupplier delimiters, Supplier<List<String>> about) {
        skipped = records;
        remarks = about;
        endsInDelimiters = delimiters;
    }

    /** Returns of how many records of the object no row was made so far. */
    private long skipped() {
        return skipped == null ? 0 : skipped.get().records();
    }

    /** Reports records, and the bytes read for them, to the listener. */
    void tell(long records) {
        if (body != null) {
            long bytes = body.storedBytesRead();
            listener.progress(loadId, bytes - bytesTold, records);
            bytesTold = bytes;
        }
    }

    /**
     * Content that was loaded once is not rejected when it is stored again, even if the table or the feed has changed since.
     */
    void readOnIfItMayBeLoaded() {
        if (body != null && sameContent.mayBeLoaded(tallies.current().object())) {
            readOn(body.content());
        }
    }

    private void readOn(InputStream rest) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = maxBytes;
        try {
            for (int read = 0; read >= 0 && left > 0; read = rest.read(buffer)) {
                left -= read;
            }
        } catch (RejectedObjectException e) {
            log.debug(
                    "{} is not what was loaded under its key: {}",
                    tallies.current().object().uri(),
                    e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (body != null) {
            tell(0);
            tellSkipped();
            body.contentHash().ifPresent(this::compare);
            body.close();
            body = null;
        }
    }

    private void tellSkipped() {
        SkippedRecords records = skipped == null ? SkippedRecords.NONE : skipped.get();
        skipped = null;
        if (!records.isEmpty()) {
            log.info("{}: {} skipped", tallies.current().object().uri(), records);
        }
        if (!hasToldDelimiters && endsInDelimiters.getAsBoolean()) {
            hasToldDelimiters = true;
            log.info(
                    "{}: lines end in a delimiter with nothing behind it; no column is made of that",
                    tallies.current().object().uri());
        }
        endsInDelimiters = () -> false;
        remarks.get()
                .forEach(remark -> log.warn("{}: {}", tallies.current().object().uri(), remark));
        remarks = List::of;
    }

    private void compare(ContentHash hash) {
        ObjectTally tally = tallies.current();
        tally.setContent(hash);
        if (sameContent.isLoaded(tally.object(), hash)) {
            if (isOfWholeDeliveries) {
                tally.repeatsItself();
            } else {
                tally.leaveOut();
            }
        }
    }
}
