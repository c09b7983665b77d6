package io.caravan.redshift;

import static io.caravan.redshift.Sql.quote;

import io.caravan.model.Column;
import io.caravan.model.NewTable;

/**
 * The SQL statements that make a target, as text.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">CREATE TABLE</a>
 */
final class TableSql {

    private TableSql() {}

    static String create(NewTable table) {
        return "CREATE TABLE IF NOT EXISTS " + quote(table.name()) + " ("
                + Sql.list(table.shape().columns(), TableSql::definition) + ")"
                + table.distributedBy()
                        .map(column -> " DISTSTYLE KEY DISTKEY (" + quote(column.name()) + ")")
                        .orElse("")
                + (table.sortKeys().isEmpty() ? "" : " SORTKEY (" + Sql.names(table.sortKeys()) + ")");
    }

    private static String definition(Column column) {
        return quote(column.name()) + " " + column.type().sql() + (column.nullable() ? "" : " NOT NULL");
    }
}
