package io.caravan.redshift;

import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.table.TableName;
import io.caravan.redshift.comparison.FoundChanges;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.LookSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The first look of a load's shared part, by one query: what others have committed since, and what the target has.
 *
 * @param marks the new entries of the ledger, in their order
 * @param targetRows how many rows the target has
 * @param changes the changes that the load would make, if it has been compared; null if not
 */
record LockedLook(List<LedgerMark> marks, long targetRows, @Nullable FoundChanges changes) {

    /**
     * Looks.
     *
     * @param position the last ledger position known
     * @param isCompared whether there is a table of changes, which says how many rows of the target each meets
     */
    static LockedLook take(Connection jdbc, TableName target, long position, boolean isCompared) throws SQLException {
        List<LedgerMark> marks = new ArrayList<>();
        AtomicLong rows = new AtomicLong();
        FoundChanges changes = new FoundChanges();
        Jdbc.query(
                jdbc,
                isCompared ? LookSql.targetAndChanges(target) : LookSql.target(target),
                row -> {
                    switch (row.getInt(1)) {
                        case LookSql.MARK -> marks.add(LedgerTables.mark(row, row.getLong(2), row.getLong(3), 6, null));
                        case LookSql.TARGET -> rows.set(row.getLong(2));
                        default -> changes.add(row);
                    }
                },
                target.toString(),
                position);
        marks.sort(Comparator.comparingLong(LedgerMark::position));
        return new LockedLook(marks, rows.get(), isCompared ? changes : null);
    }
}
