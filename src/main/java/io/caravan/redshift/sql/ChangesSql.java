package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.CHANGES;
import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.ROWS;
import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The statements that find the staged rows' changes of the target, in one comparison: the table {@code caravan_changes} has
 * the rows that would change something, each with its action.
 *
 * <p>IS DISTINCT FROM is not Redshift's, and NOT of a comparison with NULL is unknown: hence the CASEs.
 */
public final class ChangesSql {

    static final String ACTION = "caravan_action";
    public static final int INSERT = 1;
    public static final int UPDATE = 2;
    public static final int DELETE = 3;
    public static final int STALE = 4;
    public static final int MISSING = 5;
    public static final int OVERTAKEN = 6;

    /** The row's keys match no row of the target, so the row is left out. */
    public static final int LEFT = 7;

    /** The actions of rows that match a row of the target. */
    public static final List<Integer> MEETING = List.of(UPDATE, DELETE, STALE);

    static final String IS_CURRENT = quote("is_current");

    private static final String OVERTAKEN_REASON = "newer objects of the feed were loaded before this one, and this row"
            + " would change what they may have written; replay it to insist";

    private static final String IS_DELETE = "s." + MergePlan.CHANGE.name() + " = '" + MergePolicy.DELETE + "'";

    /** How many rows of the target the staged row of a change meets, of few rows that are compared; 1 also if there is none. */
    static final String MATCHES = "caravan_matches";

    private ChangesSql() {}

    /** Compares by key and then column by column, NULL equal to NULL. */
    public static String create(MergePlan plan) {
        return "CREATE TEMP TABLE " + CHANGES + " AS SELECT " + changed(plan, "s.", "t.")
                + ProvenanceSql.selected(plan, "s") + ", " + action(plan) + " AS " + ACTION + "\n" + compared(plan)
                + "\n" + "WHERE " + differs(plan) + " = 1";
    }

    /**
     * Compares likewise, and counts the matches of each row, so that no second look at the target finds repeated keys. For few
     * rows: all that are staged are sorted.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_WF_COUNT.html">COUNT window function</a>
     */
    public static String createCounted(MergePlan plan) {
        String provenance = ProvenanceSql.values(plan, "s").keySet().stream()
                .map(column -> ", " + column)
                .collect(joining());
        return "CREATE TEMP TABLE " + CHANGES + " AS SELECT " + changed(plan, "", "") + provenance + ", " + ACTION
                + ", "
                + MATCHES + "\n"
                + "FROM (SELECT " + changed(plan, "s.", "t.") + ProvenanceSql.selected(plan, "s") + ", " + action(plan)
                + " AS " + ACTION + ", COUNT(*) OVER (PARTITION BY s." + OBJECT + ", s." + LINE + ") AS " + MATCHES
                + ", " + differs(plan) + " AS caravan_differs\n" + compared(plan) + ") AS compared\n"
                + "WHERE caravan_differs = 1";
    }

    private static String changed(MergePlan plan, String staged, String target) {
        return staged + OBJECT + ", " + staged + LINE + ", "
                + SqlText.list(plan.columns(), column -> staged + quote(column.name()))
                + plan.kept().stream()
                        .map(column -> ", " + target + quote(column.name()))
                        .collect(joining())
                + (plan.keepsRaw() ? ", " + staged + StagingSql.RAW : "");
    }

    private static String compared(MergePlan plan) {
        return "FROM " + ROWS + " AS s" + ProvenanceSql.join(plan, "s") + " LEFT JOIN " + TargetSql.rows(plan)
                + " AS t ON " + matched(plan);
    }

    private static String differs(MergePlan plan) {
        return "CASE WHEN " + nothingToDo(plan) + " THEN 0 ELSE 1 END";
    }

    /** Adds the rows of the target that the object lacks. */
    public static String addMissing(MergePlan plan) {
        return insertMissing(plan) + " LEFT JOIN " + ROWS + " AS s ON " + matched(plan) + "\n"
                + "WHERE s." + OBJECT + " IS NULL AND "
                + SqlText.and(plan.keys(), key -> "t." + quote(key.name()) + " IS NOT NULL") + live(plan);
    }

    /**
     * Adds the rows of the target whose keys' hashes are in the staging table.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/SHA2.html">SHA2</a>
     */
    public static String addUnseen(MergePlan plan) {
        String text = plan.keys().stream().map(ChangesSql::keyText).collect(joining(" || "));
        return insertMissing(plan) + " INNER JOIN " + StagingSql.UNSEEN + " AS u ON u.key_hash = LEFT(SHA2(" + text
                + ", 256), 32)";
    }

    private static String insertMissing(MergePlan plan) {
        return "INSERT INTO " + CHANGES + " (" + OBJECT + ", " + LINE + ", " + SqlText.names(plan.keys()) + ", "
                + ACTION
                + ")\n"
                + "SELECT CAST(? AS INTEGER), 0, " + SqlText.list(plan.keys(), key -> "t." + quote(key.name())) + ", "
                + MISSING + "\n"
                + "FROM " + TargetSql.rows(plan) + " AS t";
    }

    /** Each key behind its length in bytes, as hashes are made of it. */
    private static String keyText(Column key) {
        String name = "t." + quote(key.name());
        String value =
                switch (key.type().kind()) {
                    case CHAR, VARCHAR -> "RTRIM(" + name + ", ' ')";
                    case VARBYTE -> "TO_HEX(" + name + ")";
                    default -> "CAST(" + name + " AS VARCHAR)";
                };
        return "CAST(OCTET_LENGTH(" + value + ") AS VARCHAR) || ':' || " + value;
    }

    /**
     * Marks the changes of these objects to rows that may be newer. A row that the target lacks may have been deleted
     * meanwhile only in a mode in which rows say what they change.
     */
    public static Optional<String> holdBack(MergePlan plan, Collection<Integer> objects) {
        boolean isOrdered = plan.sequenceColumn().isPresent();
        List<Integer> actions =
                switch (plan.policy().mode().matching()) {
                    case AS_THE_ROW_SAYS ->
                        !isOrdered
                                ? List.of(INSERT, UPDATE, DELETE)
                                : plan.deletedColumn().isPresent() ? List.of() : List.of(INSERT);
                    case UPDATED, ENDED -> isOrdered || plan.policy().mode().isSnapshot() ? List.of() : List.of(UPDATE);
                    case NOT_LOOKED_FOR, LEFT, REPLACED -> List.of();
                };
        return actions.isEmpty()
                ? Optional.empty()
                : Optional.of("UPDATE " + CHANGES + " SET " + ACTION + " = " + OVERTAKEN + " WHERE " + OBJECT + " IN ("
                        + numbers(objects) + ") AND " + ACTION + " IN (" + numbers(actions) + ")");
    }

    /** Turns the held back rows into rejected rows. */
    public static String rejectHeldBack() {
        return "INSERT INTO " + StagingSql.REJECTED + " (" + String.join(", ", StagingSql.REJECTED_COLUMNS) + ")\n"
                + "SELECT " + OBJECT + ", " + LINE + ", CAST(NULL AS VARCHAR(512)), '" + ErrorCode.ROW_OVERTAKEN + "', "
                + SqlText.literal(OVERTAKEN_REASON) + ", COALESCE(" + StagingSql.RAW + ", '')\n"
                + "FROM " + CHANGES + " WHERE " + ACTION + " = " + OVERTAKEN;
    }

    private static String numbers(Collection<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).collect(joining(", "));
    }

    /** Counts the rows of the target that changed rows match: one for each changed row, unless keys repeat in the target. */
    public static String countMatched(MergePlan plan) {
        return "SELECT COUNT(*) FROM " + CHANGES + " AS s INNER JOIN " + TargetSql.rows(plan) + " AS t ON "
                + matched(plan) + "\nWHERE s." + ACTION + " IN (" + numbers(MEETING) + ")";
    }

    static String matched(MergePlan plan) {
        String keys = SqlText.and(plan.keys(), key -> "t." + quote(key.name()) + " = s." + quote(key.name()));
        return plan.policy().mode().keepsVersions() ? keys + " AND t." + IS_CURRENT + " = TRUE" : keys;
    }

    private static String action(MergePlan plan) {
        StringBuilder cases = new StringBuilder("CASE");
        plan.sequenceColumn()
                .map(column -> quote(column.name()))
                .ifPresent(name -> cases.append(" WHEN t." + name + " > s." + name + " THEN " + STALE));
        if (plan.hasChanges()) {
            cases.append(" WHEN " + IS_DELETE + " THEN " + DELETE);
        }
        cases.append(" WHEN " + isFound(plan) + " THEN " + (plan.policy().mode().onlyInserts() ? STALE : UPDATE));
        return cases.append(" ELSE " + (plan.policy().mode().insertsOthers() ? INSERT : LEFT) + " END")
                .toString();
    }

    private static String nothingToDo(MergePlan plan) {
        String same = Stream.concat(
                                Stream.of(isFound(plan)),
                                plan.columns().stream()
                                        .filter(column -> !plan.keys().contains(column))
                                        .map(ChangesSql::same))
                        .collect(joining(" AND "))
                + live(plan);
        return plan.hasChanges()
                ? "(" + MergePlan.CHANGE.name() + " <> '" + MergePolicy.DELETE + "' AND " + same + ") OR (" + IS_DELETE
                        + " AND NOT (" + isFound(plan) + live(plan) + ")" + notNewer(plan) + ")"
                : same;
    }

    /** And of a row that is marked already, the deletion is not a newer one. */
    private static String notNewer(MergePlan plan) {
        return plan.deletedColumn()
                .flatMap(deleted -> plan.sequenceColumn())
                .map(column -> quote(column.name()))
                .map(name -> " AND (t." + name + " IS NULL OR t." + name + " >= s." + name + ")")
                .orElse("");
    }

    private static String isFound(MergePlan plan) {
        return "t." + quote(plan.keys().get(0).name()) + " IS NOT NULL";
    }

    /**
     * Blanks at the end of a VARCHAR are part of the value, and {@code =} does not see them; of two that are equal by it, they
     * are all that can differ. Those of a CHAR are none of its value.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html">Character types</a>
     */
    static String same(Column column) {
        String name = quote(column.name());
        String equal = column.type().kind() == Kind.SUPER
                ? serialized("t." + name) + " = " + serialized("s." + name)
                : "t." + name + " = s." + name;
        if (column.type().kind() == Kind.VARCHAR) {
            equal = "(" + equal + " AND OCTET_LENGTH(t." + name + ") = OCTET_LENGTH(s." + name + "))";
        }
        return "(" + equal + " OR (t." + name + " IS NULL AND s." + name + " IS NULL))";
    }

    /**
     * What {@code =} means for arrays and objects is documented nowhere; their text is bytes, as VARCHAR may be too short for it.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/JSON_SERIALIZE_TO_VARBYTE.html">JSON_SERIALIZE_TO_VARBYTE</a>
     */
    private static String serialized(String name) {
        return "JSON_SERIALIZE_TO_VARBYTE(" + name + ")";
    }

    /** And the target's row is neither marked as deleted nor, of a history, a former one. */
    private static String live(MergePlan plan) {
        String marked = plan.deletedColumn()
                .map(column -> {
                    String name = "t." + quote(column.name());
                    return column.type().kind() == Kind.BOOLEAN
                            ? " AND (" + name + " IS NULL OR " + name + " = FALSE)"
                            : " AND " + name + " IS NULL";
                })
                .orElse("");
        return plan.policy().mode().keepsVersions() ? marked + " AND t." + IS_CURRENT + " = TRUE" : marked;
    }
}
