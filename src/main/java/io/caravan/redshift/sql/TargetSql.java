package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.list;
import static io.caravan.redshift.sql.SqlText.quote;

import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import java.util.List;

/** The SQL statements that read the target, as text. */
public final class TargetSql {

    private TargetSql() {}

    public static String count(TableName target) {
        return "SELECT COUNT(*) FROM " + quote(target);
    }

    /** Says whether there is a row, without reading all of them. */
    public static String countFirst(TableName target) {
        return "SELECT COUNT(*) FROM (SELECT 1 AS one FROM " + quote(target) + " LIMIT 1) AS first_row";
    }

    /** Times as text, since the driver would give them as Java does. */
    public static String readRows(TableName target, List<Column> columns) {
        return "SELECT "
                + list(columns, column -> switch (column.type().kind()) {
                    case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ -> "CAST(" + quote(column.name()) + " AS VARCHAR)";
                    case BOOLEAN ->
                        "CASE WHEN " + quote(column.name()) + " THEN 'true' WHEN NOT " + quote(column.name())
                                + " THEN 'false' END";
                    case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, SUPER, VARBYTE, CHAR, VARCHAR ->
                        quote(column.name());
                })
                + " FROM " + quote(target);
    }
}
