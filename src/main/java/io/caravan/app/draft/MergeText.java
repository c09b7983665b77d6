package io.caravan.app.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQL behind a load, as Glue's visual editor writes it: a MERGE, or a DELETE and an INSERT.
 *
 * @param table the table that it changes
 * @param keys the columns that match
 * @param mode the feed's mode that does the same; null if none does
 */
record MergeText(String table, List<String> keys, @Nullable String mode) {

    private static final Pattern MERGE =
            Pattern.compile("(?is)\\bMERGE\\s+INTO\\s+([\\w.\"]+)\\s+USING\\s+[\\w.\"]+\\s+ON\\s+(.*?)\\bWHEN\\b(.*)");
    private static final Pattern DELETE =
            Pattern.compile("(?is)\\bDELETE\\s+FROM\\s+([\\w.\"]+)\\s+USING\\s+[\\w.\"]+\\s+WHERE\\s+(.*?);(.*)");
    private static final Pattern EQUAL = Pattern.compile("([\\w\"]+)\\s*=\\s*[\\w.\"]+");

    /** Reads it; returns null if it is nothing of these. */
    static @Nullable MergeText parse(String sql) {
        Matcher merge = MERGE.matcher(sql);
        if (merge.find()) {
            return new MergeText(plain(merge.group(1)), keys(merge.group(2)), mode(merge.group(3)));
        }
        Matcher delete = DELETE.matcher(sql);
        if (delete.find() && delete.group(3).toUpperCase(Locale.ROOT).contains("INSERT INTO")) {
            return new MergeText(plain(delete.group(1)), keys(delete.group(2)), "upsert");
        }
        return null;
    }

    private static @Nullable String mode(String clauses) {
        String text = clauses.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        boolean updates = text.contains("MATCHED THEN UPDATE") && !text.contains("NOT MATCHED THEN UPDATE");
        boolean inserts = text.contains("NOT MATCHED THEN INSERT");
        if (text.contains("THEN DELETE")) {
            return null;
        }
        return updates ? inserts ? "upsert" : "update-only" : inserts ? "insert-only" : null;
    }

    private static List<String> keys(String condition) {
        List<String> keys = new ArrayList<>();
        Matcher each = EQUAL.matcher(condition);
        while (each.find()) {
            keys.add(plain(each.group(1)));
        }
        return keys;
    }

    private static String plain(String name) {
        return name.replace("\"", "");
    }
}
