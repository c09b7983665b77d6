package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.base.RejectedObjectException;
import io.caravan.load.batch.Batches;
import io.caravan.load.batch.StagedRows;
import io.caravan.load.remember.ChangedRows;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingSession;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings the rows of a load's objects into the staging tables; all objects have the columns of the first. Used by one thread. */
final class RowStaging implements AutoCloseable {

    /** The most repaired values of a load whose original text is recorded; all are counted. */
    static final int MOST_REPAIRS = 10_000;

    private final LoadTask task;
    private final ObjectTallies tallies;
    private final EvolvingTarget target;
    private final RowMemory memory;
    private final StagingTables tables;
    private long recordedRepairs;
    private @Nullable StagedRows staged;

    /**
     * Stages nothing yet.
     *
     * @param sessions opens the load's session, once it is needed
     */
    RowStaging(
            LoadTask task,
            ObjectTallies tallies,
            EvolvingTarget target,
            RowMemory memory,
            Supplier<LoadSession> sessions,
            StagingFactory stagingFactory) {
        this.task = task;
        this.tallies = tallies;
        this.target = target;
        this.memory = memory;
        this.tables = new StagingTables(sessions, stagingFactory, this::plan, task.keepsRaw());
    }

    StagingTables tables() {
        return tables;
    }

    StagingSession session() {
        return tables.session().staging();
    }

    /** Returns the columns of the load's objects; none if no object has said which they are. */
    List<Column> columns() {
        return staged == null ? List.of() : staged.columns();
    }

    /** Returns whether the columns of the load's objects are known. */
    boolean haveColumns() {
        return staged != null;
    }

    /**
     * Begins to take rows of the current object; returns false if its columns differ from those of the objects before it.
     */
    boolean accept(List<Column> columns) {
        if (!staged(columns).columns().equals(columns)) {
            return false;
        }
        // Once; or for each snapshot, of which only one counts.
        if (tallies.isFirst() || policy().mode().isSnapshot()) {
            memory.begin(columns, target.now().keys());
        }
        return true;
    }

    /**
     * Returns whether an object can be staged as a whole. Columns that no load can have are reported when the object is
     * read.
     */
    boolean fit(List<Column> columns) {
        try {
            return staged(columns).columns().equals(columns);
        } catch (RejectedObjectException e) {
            return false;
        }
    }

    /** Returns what is staged; if that is nothing yet, then from now on with these columns. */
    private StagedRows staged(List<Column> columns) {
        if (staged == null) {
            staged = new StagedRows(columns, plan(columns));
        }
        return staged;
    }

    /** Adds an object that was staged as a whole, after {@link #fit}. */
    void addWhole() {
        requireNonNull(staged).addDirect();
    }

    /** Cuts rows of the current object into batches. */
    Iterator<Batch> batches(Iterator<? extends ParsedRow> rows) {
        return new Batches(
                rows,
                staged == null ? List.of() : staged.columns(),
                comparesInMemory() ? target.now().keys() : List.of(),
                policy().duplicates(),
                task.feed().limits().rowsPerBatch());
    }

    /**
     * Stages rows of the current object.
     *
     * @throws RejectedObjectException if it has more rejected rows than its feed allows
     */
    void stage(Batch batch) {
        ObjectTally tally = tallies.current();
        tally.add(batch);
        // First, so that a rejected object keeps the first of them.
        tables.addRejected(tally.number(), batch.rejected());
        recordRepairs(tally.number(), batch.repaired());
        long most = task.feed().limits().maxRejectedRows();
        if (tally.rejectedRows() > most) {
            throw ObjectTally.tooManyRejectedRows(most);
        }
        memory.stage(tally.number(), batch, this::stage);
    }

    private void recordRepairs(int number, List<RepairedValue> repaired) {
        List<RepairedValue> first =
                repaired.subList(0, (int) Math.min(repaired.size(), MOST_REPAIRS - recordedRepairs));
        recordedRepairs += first.size();
        tables.addRepaired(number, first);
    }

    /** Stages the rest of the last batch. */
    void flush() {
        memory.flush(this::stage);
    }

    private void stage(ChangedRows changed) {
        ObjectTally tally = tallies.numbered(changed.number());
        tally.leaveOut(changed.unchanged());
        changed.superseded().forEach((number, rows) -> tallies.numbered(number).supersedeUnchanged(tally, rows));
        if (staged != null) {
            staged.add(changed.rows());
        }
        tables.addRows(changed.number(), changed.rows());
    }

    /** Stages the keys that a snapshot lacks, if they are known without a query of the warehouse. */
    void stageUnseen() {
        if (policy().mode().isSnapshot()) {
            tallies.firstGood().ifPresent(snapshot -> memory.stageUnseen(tables, snapshot));
        }
    }

    /** Remembers the committed rows, if the feed wants that. */
    void committed() {
        memory.committed(tallies);
    }

    /** Returns whether two staged rows may share their keys. */
    boolean mayRepeatKeys() {
        return policy().mode().comparesKeys()
                && !target.now().keys().isEmpty()
                && staged != null
                && staged.mayRepeatKeys(comparesInMemory());
    }

    private boolean comparesInMemory() {
        return policy().mode().comparesKeys()
                && !policy().keepsSuperseded()
                && policy().sequenceBy() == null
                && policy().duplicates() != Duplicates.FAIL;
    }

    private MergePolicy policy() {
        return task.feed().merge();
    }

    /** Where no object has said which columns it has, there are no rows either. */
    private MergePlan plan() {
        return staged == null ? plan(target.now().loadable().columns()) : staged.plan();
    }

    private MergePlan plan(List<Column> columns) {
        return target.now().plan(task.id(), columns, task.started(), task.keepsRaw());
    }

    @Override
    public void close() {
        memory.close();
        tables.close();
    }
}
