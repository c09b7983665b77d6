package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.list;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.REJECTED;
import static java.util.stream.Collectors.joining;

import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.MergePlan;
import java.util.Collection;

/** The SQL statements that read the rows of a preview, as text: the first ones by object and line, never all. */
public final class PreviewSql {

    private PreviewSql() {}

    /**
     * Rows that were compared with the target: object, line, then each loaded column as the target has it, then each as the
     * object has it.
     *
     * @param actions of {@link ChangesSql}
     */
    public static String readChanges(MergePlan plan, Collection<Integer> actions, int limit) {
        return "SELECT s." + OBJECT + ", s." + LINE + ", "
                + list(plan.columns(), column -> TargetSql.text(column, "t.")) + ", "
                + list(plan.columns(), column -> TargetSql.text(column, "s.")) + "\n"
                + "FROM " + StagingSql.CHANGES + " AS s LEFT JOIN " + TargetSql.rows(plan) + " AS t ON "
                + ChangesSql.matched(plan) + "\n"
                + "WHERE s." + ChangesSql.ACTION + " IN ("
                + actions.stream().sorted().map(String::valueOf).collect(joining(", ")) + ")\n"
                + "ORDER BY s." + OBJECT + ", s." + LINE + ", "
                + list(plan.keys(), key -> "s." + quote(key.name())) + "\nLIMIT " + limit;
    }

    /** Rows that go in without being compared: object, line, then each loaded column. */
    public static String readStaged(MergePlan plan, int limit) {
        return "SELECT s." + OBJECT + ", s." + LINE + ", "
                + list(plan.columns(), column -> TargetSql.text(column, "s.")) + "\n"
                + "FROM " + StagingSql.ROWS + " AS s\nORDER BY s." + OBJECT + ", s." + LINE + "\nLIMIT " + limit;
    }

    /** Rows of the target that the staged rows replace: each loaded column. */
    public static String readReplaced(MergePlan plan, Way way, int limit) {
        return "SELECT " + list(plan.columns(), column -> TargetSql.text(column, "t.")) + "\n"
                + "FROM " + TargetSql.name(plan) + " AS t"
                + switch (way) {
                    case AS_USUAL, INTO_EMPTY -> "";
                    case KEEPING_REJECTED -> KeptSql.others(plan, "t.");
                    case REPLACING_STAGED ->
                        "\nWHERE EXISTS (SELECT 1 FROM " + StagingSql.ROWS + " AS s WHERE "
                                + SqlText.and(
                                        plan.keys(), key -> "s." + quote(key.name()) + " = t." + quote(key.name()))
                                + ")";
                }
                + (plan.keys().isEmpty() ? "" : "\nORDER BY " + list(plan.keys(), key -> "t." + quote(key.name())))
                + "\nLIMIT " + limit;
    }

    /** By object and code, each with the first of them: object, code, rows, line, column. */
    public static String countRejected() {
        String group = "OVER (PARTITION BY " + OBJECT + ", error_code";
        return "SELECT " + OBJECT + ", error_code, letters, " + LINE + ", column_name\n"
                + "FROM (SELECT " + OBJECT + ", error_code, " + LINE + ", column_name, COUNT(*) " + group
                + ") AS letters, ROW_NUMBER() " + group + " ORDER BY " + LINE + ") AS caravan_rank FROM " + REJECTED
                + ") AS ranked\n"
                + "WHERE caravan_rank = 1 ORDER BY " + OBJECT + ", error_code";
    }

    /** Object, line, column, code, reason, record. */
    public static String readRejected(int limit) {
        return "SELECT " + String.join(", ", StagingSql.REJECTED_COLUMNS) + " FROM " + REJECTED + " ORDER BY " + OBJECT
                + ", " + LINE + " LIMIT " + limit;
    }
}
