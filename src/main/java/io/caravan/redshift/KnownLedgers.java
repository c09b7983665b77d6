package io.caravan.redshift;

import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.LedgerSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers that are known to be there. A ledger never disappears, so the catalog is queried only until it is found. Safe for
 * use by several threads.
 */
final class KnownLedgers {

    /**
     * What the catalog has of a target's ledger.
     *
     * @param isThere whether the target has a table of its own
     * @param isComplete whether no table and no column is missing: a release may have brought some
     * @param hasHashes whether it has the hashes of objects, which a release has brought
     */
    record Parts(boolean isThere, boolean isComplete, boolean hasHashes) {

        private static final Parts ALL = new Parts(true, true, true);

        private static Parts find(Connection connection, TableName target) throws SQLException {
            Set<String> columns = new HashSet<>();
            Set<String> tables = new HashSet<>();
            Jdbc.query(connection, LedgerSql.findParts(target), row -> {
                String name = row.getString(1);
                if (name.equals(LedgerSql.objectsTable(target))) {
                    columns.add(row.getString(2));
                } else {
                    tables.add(name);
                }
            });
            return new Parts(
                    !columns.isEmpty(),
                    !columns.isEmpty()
                            && LedgerSql.addObjectColumns(target, columns).isEmpty()
                            && tables.containsAll(LedgerSql.createShared().keySet()),
                    columns.contains(LedgerSql.HASH));
        }
    }

    private final Map<TableName, Parts> targets = new ConcurrentHashMap<>();

    /** Returns whether the target has a ledger; one that has none may have one the next time. */
    boolean exists(Connection connection, TableName target) throws SQLException {
        return parts(connection, target).isThere();
    }

    /** Returns what was found when the ledger was seen first, or what is there now of one that was not. */
    Parts parts(Connection connection, TableName target) throws SQLException {
        @Nullable Parts known = targets.get(target);
        if (known != null) {
            return known;
        }
        Parts found = Parts.find(connection, target);
        if (found.isThere()) {
            targets.put(target, found);
        }
        return found;
    }

    /** Notes that the target has one that lacks nothing. */
    void add(TableName target) {
        targets.put(target, Parts.ALL);
    }
}
