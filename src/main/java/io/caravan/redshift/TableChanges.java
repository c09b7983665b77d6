package io.caravan.redshift;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.TableSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds columns to a table and makes VARCHAR columns longer, over a connection that commits each statement by itself. */
final class TableChanges {

    private static final Logger log = LoggerFactory.getLogger(TableChanges.class);

    private static final String DUPLICATE_COLUMN = "42701";

    /** One column more, or one that is wider. */
    private record Change(String statement, boolean adds) {}

    private final Connection connection;
    private final TableName table;

    TableChanges(Connection connection, TableName table) {
        this.connection = connection;
        this.table = table;
    }

    /** Reads the table first, as another process may have changed it for the same object, or for one that needs more. */
    void make(List<Column> wanted) throws SQLException {
        for (Change change : of(Catalog.describe(connection, table), wanted)) {
            if (change.adds()) {
                add(change.statement());
            } else {
                widen(change.statement());
            }
        }
    }

    /** Returns the statements that give a table the wanted columns. */
    static List<String> statements(TargetTable shape, List<Column> wanted) {
        return of(shape, wanted).stream().map(Change::statement).toList();
    }

    private static List<Change> of(TargetTable shape, List<Column> wanted) {
        List<Change> changes = new ArrayList<>();
        for (Column column : wanted) {
            Optional<Column> found = shape.column(column.name());
            if (found.isEmpty()) {
                changes.add(new Change(TableSql.addColumn(shape.name(), column), true));
            } else if (isWider(column.type(), found.get().type())) {
                changes.add(new Change(TableSql.widen(shape.name(), found.get().name(), column.type()), false));
            }
        }
        return changes;
    }

    private static boolean isWider(ColumnType wanted, ColumnType found) {
        return wanted.kind() == Kind.VARCHAR && found.kind() == Kind.VARCHAR && wanted.length() > found.length();
    }

    /** Whoever does not wait for the ledger may have added it meanwhile. */
    private void add(String statement) throws SQLException {
        try {
            execute(statement);
        } catch (SQLException e) {
            if (!DUPLICATE_COLUMN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Redshift refuses it for a column with a default, a key or some encodings, and for one that a view uses. */
    private void widen(String statement) {
        try {
            execute(statement);
        } catch (SQLException e) {
            CaravanException failure = RedshiftFailures.translate("widening a column of " + table, e);
            if (failure.code() != ErrorCode.WAREHOUSE_STATEMENT && failure.code() != ErrorCode.WAREHOUSE_FAILED) {
                throw failure;
            }
            log.warn(
                    "{} keeps its column as it is, and values that are too long for it are rejected. {} Refused: {}",
                    table,
                    failure.getMessage(),
                    statement);
        }
    }

    private void execute(String statement) throws SQLException {
        Jdbc.execute(connection, statement);
        log.info("Changed {}: {}", table, statement);
    }
}
