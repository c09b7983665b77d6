package io.caravan.model.row;

import java.util.List;

/**
 * The rows that travel together from reading to staging; all of one object.
 *
 * @param rows rows to stage, at most one for each matching key
 * @param rejected records that can never load as they are
 * @param repaired what was done to values of its valid rows, those that were left out too
 * @param superseded how many valid rows were left out because a later row of the batch has their matching keys
 */
public record Batch(List<Row> rows, List<RejectedRow> rejected, List<RepairedValue> repaired, long superseded) {

    public Batch {
        rows = List.copyOf(rows);
        rejected = List.copyOf(rejected);
        repaired = List.copyOf(repaired);
    }

    /** A batch of rows all of whose values are those of the object. */
    public Batch(List<Row> rows, List<RejectedRow> rejected, long superseded) {
        this(rows, rejected, List.of(), superseded);
    }

    /** Returns how many records of the object the batch accounts for. */
    public long read() {
        return rows.size() + rejected.size() + superseded;
    }
}
