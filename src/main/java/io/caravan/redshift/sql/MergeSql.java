package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.ChangesSql.ACTION;
import static io.caravan.redshift.sql.ChangesSql.IS_CURRENT;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.CHANGES;
import static io.caravan.redshift.sql.StagingSql.ROWS;
import static java.util.stream.Collectors.joining;

import io.caravan.model.ChangeCounts;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements that change the target, as text, in their order.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_UPDATE.html">UPDATE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_DELETE.html">DELETE</a>
 */
public final class MergeSql {

    static final String VALID_FROM = quote("valid_from");
    static final String VALID_TO = quote("valid_to");

    private MergeSql() {}

    /** Returns what carries out the changes; nothing where there is nothing to do. */
    public static List<String> statements(MergePlan plan, ChangeCounts changes) {
        return switch (plan.policy().mode().matching()) {
            case NOT_LOOKED_FOR -> List.of(insertStaged(plan, Map.of()));
            case REPLACED ->
                changes.equals(ChangeCounts.NONE) ? List.of() : replace(plan, "DELETE FROM " + TargetSql.name(plan));
            case LEFT -> changes.inserted() == 0 ? List.of() : List.of(insertNew(plan, Map.of(), ChangesSql.INSERT));
            case ENDED -> history(plan, changes);
            case UPDATED -> plan.policy().mode().insertsOthers() ? upsert(plan, changes) : update(plan, changes);
            case AS_THE_ROW_SAYS -> upsert(plan, changes);
        };
    }

    /** Returns what puts the staged rows in the place of those that a statement deletes. */
    public static List<String> replace(MergePlan plan, String delete) {
        return List.of(delete, insertStaged(plan, Map.of()));
    }

    private static List<String> upsert(MergePlan plan, ChangeCounts changes) {
        List<String> statements = new ArrayList<>();
        boolean deletes = changes.deleted() + changes.missing() > 0;
        if (deletes) {
            statements.add(
                    plan.deletedColumn().map(column -> mark(plan, column)).orElseGet(() -> delete(plan)));
        }
        if (changes.inserted() + changes.updated() > 0) {
            if (deletes || changes.stale() + changes.overtaken() > 0) {
                statements.add("DELETE FROM " + CHANGES + " WHERE " + ACTION + " > " + ChangesSql.UPDATE);
            }
            statements.add(merge(plan));
        }
        return statements;
    }

    /** Both WHEN clauses are mandatory and the target has no alias. */
    static String merge(MergePlan plan) {
        String target = TargetSql.name(plan);
        Map<String, String> values = values(plan);
        return "MERGE INTO " + target + "\n"
                + "USING " + CHANGES + "\n"
                + "ON " + matched(plan) + "\n"
                + "WHEN MATCHED THEN UPDATE SET " + assignments(updated(plan)) + "\n"
                + "WHEN NOT MATCHED THEN INSERT (" + String.join(", ", values.keySet()) + ") VALUES ("
                + String.join(", ", values.values()) + ")";
    }

    /** For a MERGE the user would need the right to insert. */
    private static List<String> update(MergePlan plan, ChangeCounts changes) {
        return changes.updated() == 0
                ? List.of()
                : List.of("UPDATE " + TargetSql.name(plan) + " SET " + assignments(updated(plan)) + "\n"
                        + "FROM " + CHANGES + " WHERE " + matched(plan) + " AND "
                        + isAction(Set.of(ChangesSql.UPDATE)));
    }

    private static Map<String, String> values(MergePlan plan) {
        Map<String, String> values = new LinkedHashMap<>();
        plan.columns().forEach(column -> values.put(quote(column.name()), changed(column)));
        ProvenanceSql.values(plan, ROWS).keySet().forEach(column -> values.put(column, CHANGES + "." + column));
        plan.deletedColumn().ifPresent(column -> values.put(quote(column.name()), notDeleted(column)));
        return values;
    }

    /** Without other columns a key is set to itself. */
    private static Map<String, String> updated(MergePlan plan) {
        Map<String, String> set = values(plan);
        plan.keys().forEach(key -> set.remove(quote(key.name())));
        if (set.isEmpty()) {
            Column key = plan.keys().get(0);
            set.put(quote(key.name()), changed(key));
        }
        return set;
    }

    /** A version ends when the next one begins. */
    private static List<String> history(MergePlan plan, ChangeCounts changes) {
        String now = SqlText.timestamp(plan.started());
        List<String> statements = new ArrayList<>();
        if (changes.updated() + changes.missing() > 0) {
            statements.add("UPDATE " + TargetSql.name(plan) + " SET " + VALID_TO + " = " + now + ", " + IS_CURRENT
                    + " = FALSE\n"
                    + "FROM " + CHANGES + " WHERE " + matched(plan) + " AND " + TargetSql.name(plan) + "." + IS_CURRENT
                    + " = TRUE AND " + isAction(Set.of(ChangesSql.UPDATE, ChangesSql.MISSING)));
        }
        Map<String, String> version = new LinkedHashMap<>();
        version.put(VALID_FROM, now);
        version.put(VALID_TO, "CAST(NULL AS TIMESTAMP)");
        version.put(IS_CURRENT, "TRUE");
        if (plan.kept().isEmpty() && changes.inserted() + changes.updated() > 0) {
            statements.add(insertNew(plan, version, ChangesSql.INSERT, ChangesSql.UPDATE));
            return statements;
        }
        if (changes.inserted() > 0) {
            statements.add(insertNew(plan, version, ChangesSql.INSERT));
        }
        if (changes.updated() > 0) {
            plan.kept().forEach(column -> version.put(quote(column.name()), quote(column.name())));
            statements.add(insertNew(plan, version, ChangesSql.UPDATE));
        }
        return statements;
    }

    /** Inserts every staged row into a target that has none. */
    public static String insertIntoEmpty(MergePlan plan) {
        Map<String, String> more = new LinkedHashMap<>();
        plan.deletedColumn().ifPresent(column -> more.put(quote(column.name()), notDeleted(column)));
        return insertStaged(plan, more);
    }

    private static String insertStaged(MergePlan plan, Map<String, String> more) {
        Map<String, String> values = new LinkedHashMap<>();
        plan.columns().forEach(column -> values.put(quote(column.name()), ROWS + "." + quote(column.name())));
        values.putAll(ProvenanceSql.values(plan, ROWS));
        values.putAll(more);
        return "INSERT INTO " + TargetSql.name(plan) + " (" + String.join(", ", values.keySet()) + ")\n"
                + "SELECT " + String.join(", ", values.values()) + "\n"
                + "FROM " + ROWS + ProvenanceSql.join(plan, ROWS);
    }

    private static String insertNew(MergePlan plan, Map<String, String> more, Integer... actions) {
        Map<String, String> values = new LinkedHashMap<>();
        plan.columns().forEach(column -> values.put(quote(column.name()), quote(column.name())));
        ProvenanceSql.values(plan, ROWS).keySet().forEach(column -> values.put(column, column));
        values.putAll(more);
        return "INSERT INTO " + TargetSql.name(plan) + " (" + String.join(", ", values.keySet()) + ")\n"
                + "SELECT " + String.join(", ", values.values()) + "\n"
                + "FROM " + CHANGES + " WHERE " + isAction(Set.of(actions));
    }

    private static String delete(MergePlan plan) {
        return "DELETE FROM " + TargetSql.name(plan) + " USING " + CHANGES + "\n" + "WHERE " + matched(plan) + " AND "
                + isAction(Set.of(ChangesSql.DELETE, ChangesSql.MISSING));
    }

    /** A row that says when it deletes leaves that with the mark, so that no older row removes it. */
    private static String mark(MergePlan plan, Column column) {
        Map<String, String> set = new LinkedHashMap<>();
        set.put(
                quote(column.name()),
                column.type().kind() == Kind.BOOLEAN ? "TRUE" : SqlText.timestamp(plan.started()));
        if (plan.hasChanges()) {
            plan.sequenceColumn().ifPresent(sequence -> set.put(quote(sequence.name()), changed(sequence)));
        }
        return "UPDATE " + TargetSql.name(plan) + " SET " + assignments(set) + "\n"
                + "FROM " + CHANGES + " WHERE " + matched(plan) + " AND "
                + isAction(Set.of(ChangesSql.DELETE, ChangesSql.MISSING));
    }

    /** With a type: MERGE makes a table of the values, and a NULL without one would make a text of it. */
    private static String notDeleted(Column column) {
        return column.type().kind() == Kind.BOOLEAN
                ? "FALSE"
                : "CAST(NULL AS " + column.type().sql() + ")";
    }

    private static String isAction(Set<Integer> actions) {
        return CHANGES + "." + ACTION + " IN ("
                + new TreeSet<>(actions).stream().map(String::valueOf).collect(joining(", ")) + ")";
    }

    private static String matched(MergePlan plan) {
        return SqlText.and(plan.keys(), key -> TargetSql.name(plan) + "." + quote(key.name()) + " = " + changed(key));
    }

    private static String changed(Column column) {
        return CHANGES + "." + quote(column.name());
    }

    private static String assignments(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(joining(", "));
    }
}
