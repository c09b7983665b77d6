package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.LedgerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the catalog has of a target's ledger.
 *
 * @param isThere whether the target has a table of its own
 * @param hasHashes whether that has the hashes of objects, which a release has brought
 * @param lacksTables whether a table is missing that all targets share
 * @param missingColumns the statements that give the target's table the columns that it lacks; empty if it is not there
 * @param version what the target's table says; this release's if it is not there
 * @param isOwned whether the user owns the target's table
 */
record LedgerParts(
        boolean isThere,
        boolean hasHashes,
        boolean lacksTables,
        List<String> missingColumns,
        LedgerVersion version,
        boolean isOwned) {

    /** Those of a ledger that is known to be of this release. */
    static final LedgerParts ALL = new LedgerParts(true, true, false, List.of(), LedgerVersion.CURRENT, true);

    /**
     * Looks at a ledger.
     *
     * @throws InvalidConfigurationException if it is of a later release, and this one must not use it
     */
    static LedgerParts find(Connection connection, TableName target) throws SQLException {
        Set<String> columns = new HashSet<>();
        Set<String> tables = new HashSet<>();
        List<LedgerVersion> versions = new ArrayList<>();
        Set<Boolean> owned = new HashSet<>();
        Jdbc.query(connection, LedgerSql.findParts(target), row -> {
            String name = row.getString(1);
            if (name.equals(LedgerSql.objectsTable(target))) {
                columns.add(row.getString(2));
                versions.add(LedgerVersion.parse(row.getString(3)));
                owned.add(row.getBoolean(4));
            } else {
                tables.add(name);
            }
        });
        boolean isThere = !columns.isEmpty();
        LedgerVersion version = isThere ? versions.get(0) : LedgerVersion.CURRENT;
        if (!version.isUsable()) {
            throw tooNew(target, version);
        }
        return new LedgerParts(
                isThere,
                columns.contains(LedgerSql.HASH),
                !tables.containsAll(LedgerSql.createShared().keySet()),
                isThere ? LedgerSql.addObjectColumns(target, columns) : List.of(),
                version,
                owned.contains(true));
    }

    private static InvalidConfigurationException tooNew(TableName target, LedgerVersion version) {
        return new InvalidConfigurationException(
                ErrorCode.LEDGER_TOO_NEW,
                "The ledger of " + target + " has version " + version.number()
                        + ", which only releases that know version "
                        + version.usableFrom() + " or a later one can use; this release knows version "
                        + LedgerVersion.CURRENT.number() + ": run the later release again");
    }

    /** Returns whether no table and no column is missing. */
    boolean isComplete() {
        return isThere && !lacksTables && missingColumns.isEmpty();
    }

    /** Returns whether the target's table lacks only the version, and the user can have it say that; others load without. */
    boolean isToSayVersion() {
        return isThere && missingColumns.isEmpty() && version.isOlder() && isOwned;
    }

    /** Returns the statements that make the target's table this release's, in their order; only its owner can run them. */
    List<String> steps(TableName target) {
        List<String> steps = new ArrayList<>(missingColumns);
        if (!missingColumns.isEmpty() || isToSayVersion()) {
            steps.add(LedgerSql.sayVersion(target));
        }
        return List.copyOf(steps);
    }
}
