package io.caravan.bench;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The rows of the soak's objects, at random, and what the tables must hold when all of them are loaded. */
final class SoakRows {

    private static final int IDS = 5_000;
    private static final int MOST_ROWS = 2_000;

    /** Of how many objects one has wide rows; a row of MOST_WIDE_ROWS and one that is wider than the column. */
    private static final int WIDE_OBJECTS = 10;

    private static final int MOST_WIDE_ROWS = 30;
    private static final int COLUMN_WIDTH = 65_535;

    /** A name as the model has it: its length, and so many characters of its start. */
    private static final int START = 40;

    private static final String STORED = "number || ',' || char_length(name) || ',' || left(name, " + START + ")";

    private final Random random;

    /** By id, what the feed that updates must have at the end: the row with the greatest number. */
    private final Map<Integer, String> model = new HashMap<>();

    private long good;
    private long rejected;

    SoakRows(Random random) {
        this.random = random;
    }

    static String createTable(String table) {
        return "CREATE TABLE " + table + " (id INTEGER NOT NULL, number BIGINT NOT NULL, name VARCHAR(" + COLUMN_WIDTH
                + "))";
    }

    /** Returns how many rows all objects have that must load. */
    long good() {
        return good;
    }

    /** Returns how many rows all objects have that must be rejected. */
    long rejected() {
        return rejected;
    }

    /** Returns the text of a next object. */
    String nextObject() {
        StringBuilder object = new StringBuilder("id,number,name\n");
        boolean isWide = random.nextInt(WIDE_OBJECTS) == 0;
        for (int i = random.nextInt(isWide ? MOST_WIDE_ROWS : MOST_ROWS); i >= 0; i--) {
            String name = "name " + random.nextInt();
            if (isWide) {
                name += "x".repeat(random.nextInt(COLUMN_WIDTH - name.length()));
            }
            int id = random.nextInt(IDS);
            good++;
            object.append(id).append(',').append(good).append(',').append(name).append('\n');
            model.put(id, good + "," + name.length() + "," + name.substring(0, Math.min(START, name.length())));
        }
        if (isWide) {
            rejected++;
            object.append("0,0,").append("x".repeat(COLUMN_WIDTH + 1)).append('\n');
        }
        return object.toString();
    }

    /** Returns how many ids a table of updated rows has other rows of than the model, or more or less than one. */
    long wrongRows(Bench bench, String table) throws SQLException {
        long wrong = Long.parseLong(String.valueOf(bench.query("SELECT COUNT(*) - COUNT(DISTINCT id) FROM " + table)
                .get(0)));
        for (int id = 0; id < IDS; id++) {
            List<String> row = bench.query("SELECT " + STORED + " FROM " + table + " WHERE id = " + id);
            wrong += String.valueOf(model.get(id)).equals(row.isEmpty() ? "null" : row.get(0)) ? 0 : 1;
        }
        return wrong;
    }
}
