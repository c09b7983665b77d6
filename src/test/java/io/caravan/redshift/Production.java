package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.redshift.connection.BatchedInsert;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.CopyAccess;
import io.caravan.redshift.sql.CopySql;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Caravan itself says to a warehouse and makes of its answers, for those who try it on one. */
public final class Production {

    private Production() {}

    /**
     * Connects as Caravan does.
     *
     * @param url any URL of the driver's
     * @param user null, as the password, where the URL says who connects
     */
    public static Connection connect(String url, @Nullable String user, @Nullable String password) throws SQLException {
        try (Connections connections =
                new Connections(new ConnectionSettings(url, user, password == null ? null : () -> password, 1, null))) {
            return connections.direct();
        }
    }

    /** Returns the shape of a table. */
    public static TargetTable describe(Connection connection, TableName table) throws SQLException {
        return Catalog.describe(connection, table);
    }

    /** Returns for what a failure is taken. */
    public static ErrorCode classify(SQLException failure) {
        return RedshiftFailures.translate("trying", failure).code();
    }

    /** Returns the query of the ledger's tables, which comes before the lock. */
    public static String findTables() {
        return LedgerSql.findTables();
    }

    /** Returns the statement that makes the staging table. */
    public static String createRows(List<Column> columns) {
        return StagingSql.createRows(columns);
    }

    /** Returns the COPY of rows from data files. */
    public static String copyRows(
            List<Column> columns, String manifest, String role, String nullMarker, CopyTolerance tolerance) {
        return CopySql.copy(StagingTable.ROWS, columns, manifest, new CopyAccess(role, null), nullMarker, tolerance);
    }

    /** Returns the query of what COPY refused, and its parameter for files that begin with a text. */
    public static List<String> readRefused(String files) {
        return List.of(CopySql.readRefused(), SqlText.startingWith(files));
    }

    /** Stages rows of text by INSERT. */
    public static void insertRows(
            Connection connection, List<Column> columns, Iterable<? extends List<@Nullable String>> rows)
            throws SQLException {
        try (BatchedInsert insert = new BatchedInsert(connection, StagingSql.insert(StagingTable.ROWS, columns))) {
            for (List<@Nullable String> row : rows) {
                row.forEach(insert::field);
                insert.endRow();
            }
            insert.flush();
        }
    }

    /** Has the warehouse read an object by itself into the staging table, within a transaction. */
    public static DirectRows stageDirectly(
            Connection connection, MergePlan plan, DirectObject object, String role, String nullMarker)
            throws SQLException {
        return new DirectCopy(connection, plan, object).stage(new CopyAccess(role, null), nullMarker, () -> true);
    }
}
