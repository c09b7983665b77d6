package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.ChangesSql.ACTION;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.CHANGES;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.REJECTED;
import static io.caravan.redshift.sql.StagingSql.ROWS;
import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.MergePlan;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The statements that keep rows of the target whose keys a snapshot lacks, since a rejected row may have these keys. They
 * run only if a snapshot has rejected rows.
 */
public final class KeptSql {

    static final String KEPT = "caravan_kept";

    private KeptSql() {}

    /** Parameter: the object. A rejected row has all keys or none. */
    public static String countWithoutKeys() {
        return "SELECT COUNT(*) FROM " + REJECTED + " WHERE " + OBJECT + " = ? AND " + StagingSql.rejectedKey(0)
                + " IS NULL";
    }

    /** Removes from the missing rows those with the keys of rejected rows. Parameter: the object. */
    public static String deleteFromMissing(MergePlan plan) {
        return "DELETE FROM " + CHANGES + " USING " + REJECTED + "\n"
                + "WHERE " + CHANGES + "." + ACTION + " = " + ChangesSql.MISSING + " AND " + REJECTED + "." + OBJECT
                + " = ? AND "
                + keys(plan, i -> CHANGES + "." + key(plan, i), i -> REJECTED + "." + StagingSql.rejectedKey(i));
    }

    public static String drop() {
        return "DROP TABLE IF EXISTS " + KEPT;
    }

    /** The keys that rejected rows of some objects have and no other row. */
    public static String create(MergePlan plan, List<Integer> objects) {
        String names = IntStream.range(0, plan.keys().size())
                .mapToObj(i -> "r." + StagingSql.rejectedKey(i))
                .collect(joining(", "));
        return "CREATE TEMP TABLE " + KEPT + " AS SELECT " + names + "\n"
                + "FROM " + REJECTED + " AS r LEFT JOIN " + ROWS + " AS s ON "
                + keys(plan, i -> "s." + key(plan, i), i -> "r." + StagingSql.rejectedKey(i)) + "\n"
                + "WHERE r." + OBJECT + (objects.size() == 1 ? " = " + objects.get(0) : in(objects)) + " AND s."
                + OBJECT + " IS NULL";
    }

    private static String in(List<Integer> objects) {
        return objects.stream().map(Object::toString).collect(joining(", ", " IN (", ")"));
    }

    /** Counts the rows of the target that are none of those keys. */
    public static String countOthers(MergePlan plan) {
        return "SELECT COUNT(*) FROM " + TargetSql.name(plan) + others(plan, TargetSql.name(plan) + ".");
    }

    public static String deleteOthers(MergePlan plan) {
        return "DELETE FROM " + TargetSql.name(plan) + others(plan, TargetSql.name(plan) + ".");
    }

    /**
     * The condition of such rows.
     *
     * @param alias the target's, with a dot behind it
     */
    static String others(MergePlan plan, String alias) {
        return "\nWHERE NOT EXISTS (SELECT 1 FROM " + KEPT + " AS k WHERE "
                + keys(plan, i -> "k." + StagingSql.rejectedKey(i), i -> alias + key(plan, i)) + ")";
    }

    /** Counts the rows of the target whose keys staged rows have. */
    public static String countStaged(MergePlan plan) {
        return "SELECT COUNT(*) FROM " + TargetSql.name(plan) + " INNER JOIN " + ROWS + " ON " + staged(plan);
    }

    public static String deleteStaged(MergePlan plan) {
        return "DELETE FROM " + TargetSql.name(plan) + " USING " + ROWS + "\nWHERE " + staged(plan);
    }

    private static String staged(MergePlan plan) {
        return keys(plan, i -> TargetSql.name(plan) + "." + key(plan, i), i -> ROWS + "." + key(plan, i));
    }

    private static String key(MergePlan plan, int index) {
        return quote(plan.keys().get(index).name());
    }

    private static String keys(MergePlan plan, IntFunction<String> one, IntFunction<String> other) {
        return IntStream.range(0, plan.keys().size())
                .mapToObj(i -> one.apply(i) + " = " + other.apply(i))
                .collect(joining(" AND "));
    }
}
