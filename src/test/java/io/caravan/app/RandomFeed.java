package io.caravan.app;

import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A feed whose parameters are drawn at random, as far as its mode allows them, and its table.
 *
 * @param prefix what the keys of its objects begin with
 * @param keys names of the matching keys; may be empty where the mode allows it
 * @param sequenced whether {@code seq} puts rows of one key in order
 * @param markType type of the column in which deleted rows are marked; null to delete them
 * @param traced whether rows say where they came from
 * @param keepsSuperseded whether superseded rows are kept
 * @param byKey whether objects are in the order of their keys
 * @param skipsRepeated whether objects are left out whose bytes are loaded under another key
 */
record RandomFeed(
        String prefix,
        Mode mode,
        List<String> keys,
        Duplicates duplicates,
        boolean sequenced,
        @Nullable String markType,
        boolean closesMissing,
        double maxDeletedRatio,
        boolean traced,
        boolean keepsSuperseded,
        int maxObjectsPerLoad,
        int maxRejectedRows,
        int rowsPerBatch,
        int maxTries,
        boolean byKey,
        boolean skipsRepeated) {

    /** What objects have, but for the column that says what a row changes. */
    static final List<String> COLUMNS = List.of("id", "code", "kind", "name", "price", "note", "seq");

    /** Draws a feed, or now and then two of one table; what is the table's is the same for both. */
    static List<RandomFeed> of(Mode mode, RandomGenerator random) {
        List<String> prefixes = pick(random, List.of(""), List.of(""), List.of("p/", "q/"));
        boolean needsKeys = !mode.allowsNoKeys();
        List<String> keys = needsKeys || (mode == Mode.REPLACE && random.nextBoolean())
                ? pick(random, List.of("id"), List.of("code"), List.of("code", "id"), List.of("kind", "code"))
                : List.of();
        boolean sequenced = !keys.isEmpty() && random.nextInt(3) < prefixes.size();
        boolean marks = mode == Mode.UPSERT || mode == Mode.UPDATE_ONLY || mode == Mode.MIRROR || mode == Mode.CHANGES;
        @Nullable String markType = marks && random.nextBoolean() ? pick(random, "BOOLEAN", "TIMESTAMP") : null;
        boolean closesMissing = mode == Mode.HISTORY && random.nextBoolean();
        boolean keepsSuperseded = random.nextInt(3) == 0;
        return prefixes.stream()
                .map(prefix -> new RandomFeed(
                        prefix,
                        mode,
                        keys,
                        keys.isEmpty() ? Duplicates.LAST : pick(random, Duplicates.values()),
                        sequenced,
                        markType,
                        closesMissing,
                        pick(random, 1.0, 1.0, 0.5),
                        random.nextBoolean(),
                        keepsSuperseded,
                        pick(random, 1, 2, 3, 1000),
                        pick(random, 1, 10_000),
                        pick(random, 1, 2, 3, 10_000),
                        pick(random, 1, 2),
                        random.nextInt(3) == 0,
                        !mode.isSnapshot() && !closesMissing && random.nextInt(3) == 0))
                .toList();
    }

    @SafeVarargs
    private static <T> T pick(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Returns whether an object is the feed's, by its key or by what begins with it. */
    boolean covers(String key) {
        return key.startsWith(prefix);
    }

    /** Draws the key of an object, one of few. */
    String objectKey(RandomGenerator random) {
        return prefix + "o" + random.nextInt(6) + ".csv";
    }

    /** Returns whether a key that the object lacks is gone. */
    boolean deletesMissing() {
        return mode.isSnapshot() || closesMissing;
    }

    String tableSql(String table) {
        return "CREATE TABLE " + table
                + " (id INTEGER, code VARCHAR(8), kind CHAR(3), name VARCHAR(20), price DECIMAL(8,2),"
                + " note VARCHAR(20) DEFAULT 'none', seq INTEGER, src VARCHAR(1024), src_line BIGINT"
                + (markType == null ? "" : ", gone " + markType)
                + (mode == Mode.HISTORY ? ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN" : "") + ")";
    }

    /** Returns rows that are in the table before the first load, of different keys, without NULLs. */
    List<Map<String, String>> firstRows() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String id : List.of("1", "2")) {
            Map<String, String> row = new LinkedHashMap<>();
            COLUMNS.forEach(column -> row.put(column, id));
            row.put("kind", id + "  ");
            row.put("price", id + ".00");
            if (mode == Mode.HISTORY) {
                row.putAll(Map.of("is_current", "TRUE", "valid_from", "2000-01-01"));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Returns the query for what {@link ModelTable#rows} says. */
    String rowsSql(String table) {
        String live =
                switch (markType == null ? mode.name() : markType) {
                    case "BOOLEAN" -> "gone IS NULL OR gone = FALSE";
                    case "TIMESTAMP" -> "gone IS NULL";
                    case "HISTORY" -> "is_current = TRUE AND valid_to IS NULL";
                    default -> "1 = 1";
                };
        return "SELECT " + String.join(", ", COLUMNS) + ", src, src_line, CASE WHEN " + live
                + " THEN 'live' ELSE 'gone' END FROM " + table;
    }

    /** Returns the parameters as a feed's file has them: names and values, one after the other. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of("prefix", prefix, "mode", text(mode)));
        parameters.addAll(List.of("keys", String.join(",", keys)));
        parameters.addAll(List.of("duplicates", text(duplicates), "sequenceBy", sequenced ? "seq" : ""));
        parameters.addAll(List.of("deletedColumn", markType == null ? "" : "gone"));
        parameters.addAll(List.of("closeMissing", String.valueOf(closesMissing)));
        parameters.addAll(List.of("maxDeletedRatio", String.valueOf(maxDeletedRatio)));
        parameters.addAll(List.of("objectKeyColumn", traced ? "src" : "", "lineColumn", traced ? "src_line" : ""));
        parameters.addAll(List.of("keepSuperseded", String.valueOf(keepsSuperseded)));
        parameters.addAll(List.of("orderBy", byKey ? "key" : "time"));
        parameters.addAll(List.of("repeatedContent", skipsRepeated ? "skip" : "load"));
        parameters.addAll(List.of("maxObjectsPerLoad", String.valueOf(maxObjectsPerLoad)));
        parameters.addAll(List.of("maxRejectedRows", String.valueOf(maxRejectedRows)));
        parameters.addAll(List.of("rowsPerBatch", String.valueOf(rowsPerBatch)));
        parameters.addAll(List.of("maxTries", String.valueOf(maxTries), "retryDelay", "1", "failedDelay", "1"));
        return parameters;
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        List<String> parameters = parameters();
        return IntStream.range(0, parameters.size() / 2)
                .filter(i -> !parameters.get(2 * i + 1).isEmpty())
                .mapToObj(i -> parameters.get(2 * i) + ": " + parameters.get(2 * i + 1))
                .collect(Collectors.joining(", "));
    }
}
