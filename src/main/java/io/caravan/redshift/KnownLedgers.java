package io.caravan.redshift;

import io.caravan.model.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets that are known to have a ledger. A ledger never disappears, so the catalog is queried only until it is found.
 * Safe for use by several threads.
 */
final class KnownLedgers {

    private final Set<TableName> targets = ConcurrentHashMap.newKeySet();

    /** Returns whether the target has a ledger; one that has none may have one the next time. */
    boolean exists(Connection connection, TableName target) throws SQLException {
        if (!targets.contains(target) && LedgerTables.exists(connection, target)) {
            add(target);
        }
        return targets.contains(target);
    }

    /** Notes that the target has one. */
    void add(TableName target) {
        targets.add(target);
    }
}
