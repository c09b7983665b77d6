package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.SkippedRecords;
import io.caravan.csv.mask.MaskedReason;
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

    /** Returns whether each row must carry its raw record. */
    public boolean keepsRaw() {
        return task.keepsRaw();
    }

    /** Returns the rules for the rows of the open object. */
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
     * @return its content; empty if the object need not be read here. Then the warehouse itself has read it, or it is left
     *     to a later load: it has changed since it was listed, it cannot be read while others perhaps can, or an object
     *     before it was left
     * @throws RejectedObjectException if it can never be read; pass the exception to {@link #reject}
     */
    public Optional<ObjectBody> open(ObjectVersion object) {
        reading.close();
        rows.flush();
        return opening.open(object).map(reading::begin);
    }

    /**
     * Sets the columns of the open object. All objects of a load have the same ones.
     *
     * @param header the record that names the columns, as in {@link io.caravan.model.ledger.LedgerEntry}
     * @return false if the object's columns differ from those of the objects before it: then it and the rest are left to a
     *     later load
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
     * @param parsed rows with values in the columns passed to {@link #accept}
     */
    public Iterator<Batch> batches(Iterator<? extends ParsedRow> parsed) {
        return rows.batches(reading.placed(parsed, task.origin(), rows.tables()));
    }

    /**
     * Sets the sources of information about the parts of the open object that became no row.
     *
     * @param skipped the records before the last requested row that are skipped because they are no rows
     * @param endsInDelimiters whether records end in delimiters without a column after them; called once the rows have been
     *     read
     * @param remarks hints for people on columns that have refused values; called once the rows have been read
     */
    public void ask(
            Supplier<SkippedRecords> skipped, BooleanSupplier endsInDelimiters, Supplier<List<String>> remarks) {
        reading.ask(skipped, endsInDelimiters, remarks);
    }

    /**
     * Stages rows of the open object.
     *
     * @throws RejectedObjectException if the object has more rejected rows than its feed allows; pass the exception to
     *     {@link #reject}
     */
    public void stage(Batch batch) {
        rows.stage(batch);
        reading.tell(batch.read());
    }

    /** Rejects the object opened last, which can never load as it is. The load goes on with the others. */
    public void reject(RejectedObjectException reason) {
        tallies.current().reject(MaskedReason.of(reason, feed().columns().masks()));
        reading.readOnIfItMayBeLoaded();
        reading.close();
    }

    /**
     * Merges the staged rows into the target, and commits them together with the ledger entries.
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

    /** Ends a load that did not commit; all its work is rolled back. */
    public void fail(CaravanException reason) {
        if (!ended) {
            ended = true;
            rows.tables().closeSession();
            listener.loadFinished(ending.failed(reason));
        }
    }

    /**
     * Returns the result of this try of the load.
     *
     * @param failure the failure that ended the load; null if there was none
     */
    public LoadResult result(@Nullable CaravanException failure) {
        return opening.result(failure, committed);
    }

    /** Releases the load's resources; everything that is not committed is rolled back. */
    @Override
    public void close() {
        reading.close();
        opening.close();
        rows.close();
    }
}
