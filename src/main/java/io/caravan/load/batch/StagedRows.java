package io.caravan.load.batch;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import java.util.List;

/**
 * The properties of all the rows that a load stages: their columns, and whether two of them may share their matching keys.
 */
public final class StagedRows {

    private final List<Column> columns;
    private final MergePlan plan;
    private final AscendingKeys keys;
    private int batches;
    private boolean hasDirect;

    public StagedRows(List<Column> columns, MergePlan plan) {
        this.columns = List.copyOf(columns);
        this.plan = plan;
        this.keys = new AscendingKeys(new RowKeys(columns, plan.keys()));
    }

    public List<Column> columns() {
        return columns;
    }

    public MergePlan plan() {
        return plan;
    }

    /** Takes rows that follow those before them. Steps of the route may have changed them since they were cut into batches. */
    public void add(List<Row> rows) {
        batches++;
        rows.forEach(keys::add);
    }

    /** Takes an object that the warehouse itself has read, in which no two rows share their keys. */
    public void addDirect() {
        batches++;
        hasDirect = true;
    }

    /**
     * Returns whether two rows may share their keys.
     *
     * @param areUniqueInBatch whether no two rows of a batch do
     */
    public boolean mayRepeatKeys(boolean areUniqueInBatch) {
        if (hasDirect) {
            return batches > 1;
        }
        return !keys.ascend() && (batches > 1 || !areUniqueInBatch);
    }
}
