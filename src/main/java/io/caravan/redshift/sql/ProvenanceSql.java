package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.OBJECTS;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns that record the origin of rows. They are written with a change, but do not count as one. */
public final class ProvenanceSql {

    private ProvenanceSql() {}

    /** The objects of a load by their numbers. */
    public static String createObjects() {
        return "CREATE TEMP TABLE " + OBJECTS + " (" + OBJECT + " INTEGER NOT NULL, object_key VARCHAR(4096) NOT NULL)";
    }

    public static String insertObject() {
        return "INSERT INTO " + OBJECTS + " (" + OBJECT + ", object_key) VALUES (?, ?)";
    }

    /** Returns the target's columns, quoted, and what goes into each; in a fixed order. */
    static Map<String, String> values(MergePlan plan, String rows) {
        Provenance provenance = plan.provenance();
        Map<String, String> values = new LinkedHashMap<>();
        put(values, provenance.load(), "CAST(" + SqlText.literal(plan.loadId()) + " AS VARCHAR(64))");
        put(values, provenance.objectKey(), OBJECTS + ".object_key");
        put(values, provenance.line(), rows + "." + LINE);
        put(values, provenance.loadedAt(), SqlText.timestamp(plan.started()));
        return values;
    }

    /** Returns them as they stand at the end of a select list. */
    static String selected(MergePlan plan, String rows) {
        StringBuilder list = new StringBuilder();
        values(plan, rows).forEach((column, value) -> list.append(", " + value + " AS " + column));
        return list.toString();
    }

    /** Returns the join that the object's key needs. */
    static String join(MergePlan plan, String rows) {
        return plan.provenance().objectKey() == null
                ? ""
                : " INNER JOIN " + OBJECTS + " ON " + OBJECTS + "." + OBJECT + " = " + rows + "." + OBJECT;
    }

    private static void put(Map<String, String> values, @Nullable String column, String value) {
        if (column != null) {
            values.put(quote(column), value);
        }
    }
}
