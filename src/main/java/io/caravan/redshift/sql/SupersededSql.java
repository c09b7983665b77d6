package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.names;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.RAW;
import static io.caravan.redshift.sql.StagingSql.ROWS;
import static io.caravan.redshift.sql.StagingSql.SUPERSEDED;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy.Duplicates;

/** The SQL statements that leave one staged row for each key, as text. */
public final class SupersededSql {

    private SupersededSql() {}

    /** The winner is the row with the greatest value, if a column says so; of equals the last one, or the first. */
    public static String create(MergePlan plan) {
        String order = plan.policy().duplicates() == Duplicates.FIRST ? "" : " DESC";
        String sequence = plan.sequenceColumn()
                .map(column -> quote(column.name()) + " DESC, ")
                .orElse("");
        String kept = OBJECT + ", " + LINE + (plan.keepsRaw() ? ", " + RAW : "");
        return "CREATE TEMP TABLE " + SUPERSEDED + " AS SELECT " + kept + "\n"
                + "FROM (SELECT " + kept + ", ROW_NUMBER() OVER (PARTITION BY " + names(plan.keys())
                + " ORDER BY " + sequence + OBJECT + order + ", " + LINE + order + ") AS caravan_rank FROM " + ROWS
                + ") AS ranked\n"
                + "WHERE caravan_rank > 1";
    }

    public static String count() {
        return "SELECT " + OBJECT + ", COUNT(*) FROM " + SUPERSEDED + " GROUP BY " + OBJECT;
    }

    public static String delete() {
        return "DELETE FROM " + ROWS + " USING " + SUPERSEDED + "\n"
                + "WHERE " + ROWS + "." + OBJECT + " = " + SUPERSEDED + "." + OBJECT
                + " AND " + ROWS + "." + LINE + " = " + SUPERSEDED + "." + LINE;
    }

    /** Objects in which two rows share their keys. */
    public static String findRepeatedKeys(MergePlan plan) {
        return "SELECT " + OBJECT + ", COUNT(*) FROM (SELECT " + OBJECT + " FROM " + ROWS + " GROUP BY " + OBJECT + ", "
                + names(plan.keys()) + " HAVING COUNT(*) > 1) AS repeated GROUP BY " + OBJECT;
    }
}
