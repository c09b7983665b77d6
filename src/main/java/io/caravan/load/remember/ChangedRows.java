package io.caravan.load.remember;

import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a batch that are staged, since the target does not have them yet.
 *
 * @param number the number of its object in the load
 * @param rows the staged rows
 * @param unchanged the number of the other rows
 * @param superseded how many rows that were unchanged in batches before are superseded by these, by the numbers of their
 *     objects
 */
public record ChangedRows(int number, List<Row> rows, int unchanged, Map<Integer, Long> superseded) {

    /** Returns all rows of a batch. */
    static ChangedRows all(int number, Batch batch) {
        return new ChangedRows(number, batch.rows(), 0, Map.of());
    }

    /**
     * Leaves out the rows that the target already has, once for each key.
     *
     * @param hashes the hashes of the target's rows; they record each row of the batch, and the keys of rejected ones
     */
    static ChangedRows of(int number, Batch batch, RowHasher hasher, RowHashes hashes) {
        List<Row> rows = new ArrayList<>();
        Map<Integer, Long> superseded = new HashMap<>();
        for (Row row : batch.rows()) {
            RowHash hash = hasher.hash(row.values());
            if (!hashes.see(hash, RowHashes.UNSEEN + number)) {
                int state = hashes.state(hash);
                if (state > RowHashes.UNSEEN) {
                    superseded.merge(state - RowHashes.UNSEEN, 1L, Long::sum);
                }
                hashes.put(hash, RowHashes.STAGED);
                rows.add(row);
            }
        }
        for (RejectedRow rejected : batch.rejected()) {
            if (!rejected.keys().isEmpty()) {
                hashes.keep(hasher.hashOfKeys(rejected.keys()));
            }
        }
        return new ChangedRows(number, rows, batch.rows().size() - rows.size(), superseded);
    }
}
