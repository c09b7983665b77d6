package io.caravan.app.text;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows for people or for programs. Cells are strings, numbers, booleans or null. Not safe for use by several threads. */
public final class Table {

    /** What becomes of a text on a terminal that has no room for it. */
    public enum Fit {
        /** It stands below its row, if need be. */
        WHOLE,
        /** It is shortened in the middle. */
        CUT,
        /** It always stands below its row, as a sentence. */
        BELOW
    }

    /**
     * A column.
     *
     * @param name its header, and its name in JSON
     * @param number whether it holds numbers, which are aligned to the right
     * @param grouped whether people see commas between the thousands of its numbers
     * @param fit what becomes of it on a terminal
     */
    public record Column(String name, boolean number, boolean grouped, Fit fit) {

        public Column {
            requireNonNull(name, "name");
            requireNonNull(fit, "fit");
        }

        public static Column text(String name) {
            return new Column(name, false, false, Fit.WHOLE);
        }

        /** Makes a column of keys, or of other long names. */
        public static Column key(String name) {
            return new Column(name, false, false, Fit.CUT);
        }

        /** Makes a column of reasons. */
        public static Column sentence(String name) {
            return new Column(name, false, false, Fit.BELOW);
        }

        public static Column number(String name) {
            return new Column(name, true, true, Fit.WHOLE);
        }

        /** Makes a column of numbers that are no amounts, such as lines. */
        public static Column ordinal(String name) {
            return new Column(name, true, false, Fit.WHOLE);
        }
    }

    private final List<Column> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private List<@Nullable Object> totals = List.of();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row. */
    public void add(@Nullable Object... cells) {
        rows.add(checked(cells));
    }

    /** Sets the last line, which only people see: programs add up themselves. */
    public void setTotals(@Nullable Object... cells) {
        totals = checked(cells);
    }

    List<Column> columns() {
        return columns;
    }

    public List<List<@Nullable Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Returns each row as the members of an object of JSON. */
    public List<Map<String, @Nullable Object>> objects() {
        return rows.stream().map(row -> object(columns, row)).toList();
    }

    static Map<String, @Nullable Object> object(List<Column> columns, List<@Nullable Object> cells) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i).name(), cells.get(i));
        }
        return object;
    }

    /** Returns the last line, or nothing if there is none. */
    List<@Nullable Object> totals() {
        return totals;
    }

    private List<@Nullable Object> checked(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        return Collections.unmodifiableList(Arrays.asList(cells.clone()));
    }
}
