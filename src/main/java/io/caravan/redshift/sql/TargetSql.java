package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.list;
import static io.caravan.redshift.sql.SqlText.quote;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements that read the target, as text. */
public final class TargetSql {

    private TargetSql() {}

    /** Finds whether the target has a row, without reading all of them. */
    public static String countFirst(TableName target) {
        return "SELECT COUNT(*) FROM (SELECT 1 AS one FROM " + quote(target) + " LIMIT 1) AS first_row";
    }

    /** The name of the table that a load reads and changes: the target, or a temporary table in its place. */
    static String name(MergePlan plan) {
        @Nullable String standIn = plan.planned().standIn();
        return standIn == null ? quote(plan.target()) : standIn;
    }

    /** Counts the rows of a load's target. */
    public static String count(MergePlan plan) {
        return "SELECT COUNT(*) FROM " + name(plan);
    }

    /**
     * The rows of the target, as they would be after the planned changes; for a FROM, before an alias. Columns that it lacks are
     * NULL, and a table that is not there has no row.
     */
    static String rows(MergePlan plan) {
        PlannedTarget planned = plan.planned();
        if (planned.added().isEmpty()) {
            return name(plan);
        }
        String added =
                list(planned.added(), column -> "CAST(NULL AS " + column.type().sql() + ") AS " + quote(column.name()));
        return planned.exists()
                ? "(SELECT here.*, " + added + " FROM " + name(plan) + " AS here)"
                : "(SELECT " + added + " FROM " + StagingSql.ROWS + " WHERE 1 = 0)";
    }

    public static String readRows(TableName target, List<Column> columns) {
        return "SELECT " + list(columns, column -> text(column, "")) + " FROM " + quote(target);
    }

    /**
     * A value as text: times too, since the driver would give them as Java does.
     *
     * @param alias of the table, with a dot behind it; empty for none
     */
    static String text(Column column, String alias) {
        String name = alias + quote(column.name());
        return switch (column.type().kind()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ -> "CAST(" + name + " AS VARCHAR)";
            case BOOLEAN -> "CASE WHEN " + name + " THEN 'true' WHEN NOT " + name + " THEN 'false' END";
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, SUPER, VARBYTE, CHAR, VARCHAR -> name;
        };
    }
}
