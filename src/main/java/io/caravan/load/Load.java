package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.SkippedRecords;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One load under way, as the steps of a route use it: its objects are opened and staged one after another, and then committed
 * together. Used by one thread.
 */
public final class Load implements AutoCloseable {

    private final LoadTask task;
    private final ObjectTallies tallies;
    private final ObjectOpening opening;
    private final ObjectReading reading;
    private final RowStaging rows;
    private final Ending ending;
    private final LoadListener listener;
    private @Nullable LoadRecord committed;
    private boolean ended;

    Load(
            LoadTask task,
            ObjectTallies tallies,
            ObjectOpening opening,
            ObjectReading reading,
            RowStaging rows,
            Ending ending,
            LoadListener listener) {
        this.task = task;
        this.tallies = tallies;
        this.opening = opening;
        this.reading = reading;
        this.rows = rows;
        this.ending = ending;
        this.listener = listener;
    }

    public String id() {
        return task.id();
    }

    public Feed feed() {
        return task.feed();
    }

    /** Returns whether rows must come with their records. */
    public boolean keepsRaw() {
        return task.keepsRaw();
    }

    /** Returns what the rows of the open object must be. */
    public ColumnPlan columnPlan() {
        return opening.columnPlan();
    }

    /** Returns the objects that the load took, in the order in which to open them. */
    public List<ObjectVersion> objects() {
        return task.inOrder();
    }

    /** Returns the object opened last. */
    public ObjectVersion object() {
        return tallies.current().object();
    }

    /**
     * Opens the next object.
     *
     * @return its content; empty if there is nothing to do with it: the warehouse has read it by itself, or it is left to a
     *     later load, because it has changed since it was listed, it cannot be read while others perhaps can, or one before it
     *     was left
     * @throws RejectedObjectException if it can never be read; tell {@link #reject}
     */
    public Optional<ObjectBody> open(ObjectVersion object) {
        reading.close();
        rows.flush();
        return opening.open(object).map(reading::begin);
    }

    /**
     * Says which columns the open object has. All objects of a load have the same ones.
     *
     * @param header the record that names them, as {@link io.caravan.model.ledger.LedgerEntry} has it
     * @return false if the object has others than those before it: it and the rest are left to a later load
     */
    public boolean accept(List<Column> columns, @Nullable String header) {
        if (opening.accept(columns, header)) {
            return true;
        }
        reading.close();
        opening.leave();
        return false;
    }

    /**
     * Cuts the rows of the open object into batches.
     *
     * @param parsed their values are those of the columns that {@link #accept} was told of
     */
    public Iterator<Batch> batches(Iterator<? extends ParsedRow> parsed) {
        return rows.batches(reading.placed(parsed, task.origin(), rows.tables()));
    }

    /**
     * Says where to ask what of the open object became no row.
     *
     * @param skipped of how much no row is made, because it is none; before the row that was taken last, or asked for
     * @param endsInDelimiters whether records end in delimiters that no column is behind; once the rows have been read
     * @param remarks what people could do about columns that have refused values; once the rows have been read
     */
    public void ask(
            Supplier<SkippedRecords> skipped, BooleanSupplier endsInDelimiters, Supplier<List<String>> remarks) {
        reading.ask(skipped, endsInDelimiters, remarks);
    }

    /**
     * Stages rows of the open object.
     *
     * @throws RejectedObjectException if the object has more rejected rows than its feed allows; tell {@link #reject}
     */
    public void stage(Batch batch) {
        rows.stage(batch);
        reading.tell(batch.read());
    }

    /** Gives up the object opened last: it can never load as it is. The others go on. */
    public void reject(RejectedObjectException reason) {
        tallies.current().reject(reason);
        reading.readOnIfItMayBeLoaded();
        reading.close();
    }

    /**
     * Merges what is staged into the target, and commits it with the ledger.
     *
     * @param scripts the feed's own SQL
     * @return the load as the ledger now has it; empty if every object was left to a later load
     * @throws CaravanException if nothing was committed
     */
    public Optional<LoadRecord> commit(LoadScripts scripts) {
        reading.close();
        rows.flush();
        opening.tell();
        opening.end();
        tallies.judge(feed().limits().maxRejectedRatio());
        if (tallies.areNone()) {
            ended = true;
            listener.loadLeft(id());
            return Optional.empty();
        }
        LoadRecord load = ending.commit(scripts);
        ended = true;
        committed = load;
        ending.tell(load);
        listener.loadFinished(load);
        return Optional.of(load);
    }

    /** Ends a load that did not commit: nothing of it stays. */
    public void fail(CaravanException reason) {
        if (!ended) {
            ended = true;
            rows.tables().closeSession();
            listener.loadFinished(ending.failed(reason));
        }
    }

    /**
     * Returns what the load, as a try, came to.
     *
     * @param failure what ended it; null if nothing did
     */
    public LoadResult result(@Nullable CaravanException failure) {
        return opening.result(failure, committed);
    }

    /** Gives back what the load holds; what is not committed is rolled back. */
    @Override
    public void close() {
        reading.close();
        opening.close();
        rows.close();
    }
}
