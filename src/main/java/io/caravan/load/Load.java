package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.Batch;
import io.caravan.model.Column;
import io.caravan.model.Feed;
import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Outcome;
import io.caravan.model.PhaseTimes;
import io.caravan.model.RejectedRow;
import io.caravan.model.Row;
import io.caravan.model.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.spi.LoadSession;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One load under way: its objects are opened and staged one after another, and then committed together. Used by one thread.
 */
public final class Load implements AutoCloseable {

    private final String id;
    private final Feed feed;
    private final TargetTable target;
    private final List<Column> keys;
    private final List<ObjectVersion> objects;
    private final ObjectStore store;
    private final StagingFactory stagingFactory;
    private final LoadTransaction transaction;
    private final LoadListener listener;
    private final Clock clock;

    private final Instant started;
    private final List<ObjectTally> tallies = new ArrayList<>();
    private @Nullable ObjectBody body;
    private @Nullable LoadSession session;
    private @Nullable Staging staging;
    private @Nullable List<Column> columns;
    private long bytesTold;
    private int batches;
    private boolean leavesRest;
    private boolean ended;

    Load(
            String id,
            Feed feed,
            TargetTable target,
            List<Column> keys,
            List<ObjectVersion> objects,
            ObjectStore store,
            StagingFactory stagingFactory,
            LoadTransaction transaction,
            LoadListener listener,
            Clock clock) {
        this.id = id;
        this.feed = feed;
        this.target = target;
        this.keys = keys;
        this.objects = objects;
        this.store = store;
        this.stagingFactory = stagingFactory;
        this.transaction = transaction;
        this.listener = listener;
        this.clock = clock;
        this.started = clock.instant();
    }

    public String id() {
        return id;
    }

    public Feed feed() {
        return feed;
    }

    /** Returns the shape of the target as the load found it. */
    public TargetTable target() {
        return target;
    }

    /** Returns the matching keys' columns. */
    public List<Column> keys() {
        return keys;
    }

    /** Returns the loaded columns; those of the target as long as no object has said which it has. */
    public List<Column> columns() {
        return columns == null ? target.columns() : columns;
    }

    /** Returns the objects that the load took, oldest first. */
    public List<ObjectVersion> objects() {
        return objects;
    }

    /** Returns the objects that the load has dealt with: all but those left to a later load. */
    public List<ObjectVersion> dealtWith() {
        return tallies.stream().map(ObjectTally::object).toList();
    }

    /**
     * Opens the next object.
     *
     * @return its content; empty if the object is left to a later load: it has changed since it was listed, or one before it
     *     was left
     * @throws RejectedObjectException if it can never be read; tell {@link #reject}
     */
    public Optional<ObjectBody> open(ObjectVersion object) {
        closeBody();
        if (leavesRest) {
            return Optional.empty();
        }
        // Known before it is opened, so that an object that cannot be opened can be rejected.
        ObjectTally tally = new ObjectTally(tallies.size() + 1, object, null);
        tallies.add(tally);
        listener.objectStarted(object);
        Optional<ObjectBody> opened = store.open(object);
        if (opened.isEmpty()) {
            tallies.remove(tally);
            return opened;
        }
        body = opened.get();
        bytesTold = 0;
        tallies.set(
                tallies.size() - 1,
                new ObjectTally(tally.number(), object, body.versionId().orElse(null)));
        return opened;
    }

    /**
     * Says which columns the open object has. All objects of a load have the same ones.
     *
     * @return false if the object has others than those before it: it and the rest are left to a later load
     */
    public boolean accept(List<Column> objectColumns) {
        if (columns == null) {
            columns = List.copyOf(objectColumns);
        }
        if (columns.equals(objectColumns)) {
            return true;
        }
        tallies.remove(tallies.size() - 1);
        leavesRest = true;
        return false;
    }

    /**
     * Stages rows of the open object.
     *
     * @throws RejectedObjectException if the object has more rejected rows than its feed allows; tell {@link #reject}
     */
    public void stage(Batch batch) {
        ObjectTally tally = current();
        tally.add(batch);
        // First, so that a rejected object keeps the first of them.
        stageRejected(tally.number(), batch.rejected());
        if (tally.rejectedRows() > feed.limits().maxRejectedRows()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS,
                    "More than " + feed.limits().maxRejectedRows()
                            + " rows are rejected; see the dead letters for the first of them, correct the object, or"
                            + " raise the feed's maxRejectedRows");
        }
        batches++;
        stageRows(tally.number(), batch.rows());
        tell(batch.read());
    }

    /** Gives up the object opened last: it can never load as it is. The others go on. */
    public void reject(RejectedObjectException reason) {
        current().reject(reason);
        closeBody();
    }

    /**
     * Merges what is staged into the target, and commits it with the ledger.
     *
     * @return the load as the ledger now has it; empty if every object was left to a later load
     * @throws CaravanException if nothing was committed
     */
    public Optional<LoadRecord> commit() {
        closeBody();
        tallies.forEach(ObjectTally::rejectWithoutGoodRow);
        if (tallies.isEmpty()) {
            ended = true;
            return Optional.empty();
        }
        Duration readFor = Duration.between(started, clock.instant());
        Staging filled = staging();
        LoadRecord load =
                transaction.commit(session(), filled, tallies, columns(), keys, batches > 1, started, readFor);
        ended = true;
        listener.loadFinished(load);
        return Optional.of(load);
    }

    /** Ends a load that did not commit: nothing of it stays but an entry in the run history, if that can be written. */
    public void fail(CaravanException reason) {
        if (ended) {
            return;
        }
        ended = true;
        closeSession();
        LoadRecord failed = new LoadRecord(
                id,
                feed.name(),
                feed.target(),
                started,
                clock.instant(),
                Outcome.FAILED,
                List.of(),
                PhaseTimes.NONE,
                reason.code(),
                reason.getMessage());
        // Of a commit whose connection died nobody knows yet; the next load of the feed will read it in the ledger.
        if (reason.code() != ErrorCode.COMMIT_LOST) {
            transaction.recordFailed(failed);
        }
        listener.loadFinished(failed);
    }

    /** Gives back what the load holds; what is not committed is rolled back. */
    @Override
    public void close() {
        closeBody();
        if (staging != null) {
            staging.close();
            staging = null;
        }
        closeSession();
    }

    private void stageRows(int number, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        RowWriter writer = staging().writer(StagingTable.ROWS);
        for (Row row : rows) {
            writer.field(number);
            writer.field(row.lineNumber());
            for (String value : row.values()) {
                writer.field(value);
            }
            writer.endRow();
        }
    }

    private void stageRejected(int number, List<RejectedRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        RowWriter writer = staging().writer(StagingTable.REJECTED);
        for (RejectedRow row : rows) {
            writer.field(number);
            writer.field(row.lineNumber());
            writer.field(row.column());
            writer.field(row.code().name());
            writer.field(row.reason());
            writer.field(row.raw());
            writer.endRow();
        }
    }

    private void tell(long records) {
        if (body != null) {
            long bytes = body.storedBytesRead();
            listener.progress(bytes - bytesTold, records);
            bytesTold = bytes;
        }
    }

    private ObjectTally current() {
        if (tallies.isEmpty()) {
            throw new IllegalStateException("no object is open");
        }
        return tallies.get(tallies.size() - 1);
    }

    private LoadSession session() {
        if (session == null) {
            session = transaction.openSession();
            session.createStaging(columns());
        }
        return session;
    }

    private Staging staging() {
        if (staging == null) {
            staging = stagingFactory.create(session());
        }
        return staging;
    }

    private void closeBody() {
        if (body != null) {
            tell(0);
            body.close();
            body = null;
        }
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
