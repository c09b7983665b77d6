package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.quote;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The SQL statements that make and change a target, as text.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">CREATE TABLE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">ALTER TABLE</a>
 */
public final class TableSql {

    /** <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_names.html">Redshift's limit</a>. */
    private static final int MAX_NAME_BYTES = 127;

    private static final String WIDER = "_wider";

    private TableSql() {}

    public static String create(NewTable table) {
        return "CREATE TABLE IF NOT EXISTS " + quote(table.name()) + " ("
                + SqlText.list(table.shape().columns(), TableSql::definition) + ")"
                + table.distributedBy()
                        .map(column -> " DISTSTYLE KEY DISTKEY (" + quote(column.name()) + ")")
                        .orElse("")
                + (table.sortKeys().isEmpty() ? "" : " SORTKEY (" + SqlText.names(table.sortKeys()) + ")");
    }

    /** Redshift takes one column a statement, and no IF NOT EXISTS. */
    public static String addColumn(TableName table, Column column) {
        return "ALTER TABLE " + quote(table) + " ADD COLUMN " + quote(column.name()) + " "
                + column.type().sql();
    }

    /** Redshift takes nothing but another length of a VARCHAR, and that not inside a transaction block. */
    public static String widen(TableName table, String column, ColumnType type) {
        return "ALTER TABLE " + quote(table) + " ALTER COLUMN " + quote(column) + " TYPE " + type.sql();
    }

    /**
     * Returns what gives a column another type, one statement after the other. Redshift does it by no single one, and the new column
     * is the table's last.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">ALTER TABLE</a>
     */
    public static List<String> retype(TableName table, String column, ColumnType type) {
        String wider = column.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES - WIDER.length()
                ? "caravan" + WIDER
                : column + WIDER;
        return List.of(
                addColumn(table, new Column(wider, type, true, false)),
                "UPDATE " + quote(table) + " SET " + quote(wider) + " = " + quote(column),
                "ALTER TABLE " + quote(table) + " DROP COLUMN " + quote(column),
                "ALTER TABLE " + quote(table) + " RENAME COLUMN " + quote(wider) + " TO " + quote(column));
    }

    private static String definition(Column column) {
        return quote(column.name()) + " " + column.type().sql() + (column.nullable() ? "" : " NOT NULL");
    }
}
