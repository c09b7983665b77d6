package io.caravan.prove;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with a column of each type that Caravan loads, and rows of it. */
final class Rows {

    /** How NULL is written in data files; nothing else has this text. */
    static final String NULL = "@null@";

    static final List<Column> COLUMNS = List.of(
            column("small", ColumnType.of(Kind.SMALLINT)),
            column("whole", ColumnType.of(Kind.INTEGER)),
            column("big", ColumnType.of(Kind.BIGINT)),
            column("total", ColumnType.decimal(8, 2)),
            column("wide", ColumnType.decimal(38, 10)),
            column("weight", ColumnType.of(Kind.REAL)),
            column("height", ColumnType.of(Kind.DOUBLE)),
            column("gone", ColumnType.of(Kind.BOOLEAN)),
            column("day", ColumnType.of(Kind.DATE)),
            column("at", ColumnType.of(Kind.TIMESTAMP)),
            column("at_utc", ColumnType.of(Kind.TIMESTAMPTZ)),
            column("code", ColumnType.character(3)),
            column("note", ColumnType.varchar(20000)));

    /** Canonical texts, as Caravan makes them. */
    private static final List<String> VALUES = List.of(
            "-32768",
            "2147483647",
            "-9223372036854775808",
            "-123456.78",
            "1234567890123456789012345678.0123456789",
            "1.5",
            "-2.25",
            "true",
            "2024-02-29",
            "2024-02-29 23:59:59.123456",
            "2024-02-29 23:59:59.123456+00",
            "abc",
            "\u00e4\u20ac\ud83d\ude00 \"x\", \\n");

    private Rows() {}

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, true, false);
    }

    /** Returns how a query shows a row, in types that have one text only. */
    static String shown() {
        return COLUMNS.stream()
                .map(column -> switch (column.type().kind()) {
                    case BOOLEAN ->
                        "CASE WHEN \"" + column.name() + "\" THEN 'true' WHEN NOT \"" + column.name()
                                + "\" THEN 'false' END";
                    default -> "CAST(\"" + column.name() + "\" AS VARCHAR)";
                })
                .collect(Collectors.joining(", "));
    }

    /** Returns the values as staged: the object's number and the line come first. */
    static List<@Nullable String> full(int line, String note) {
        List<@Nullable String> row = new ArrayList<>(List.of("1", Integer.toString(line)));
        row.addAll(VALUES.subList(0, VALUES.size() - 1));
        row.add(note);
        return row;
    }

    /** Returns a row with one value of each type. */
    static List<@Nullable String> full(int line) {
        return full(line, VALUES.get(VALUES.size() - 1));
    }

    /** Returns a row of NULLs. */
    static List<@Nullable String> empty(int line) {
        List<@Nullable String> row = new ArrayList<>(List.of("1", Integer.toString(line)));
        row.addAll(Collections.nCopies(COLUMNS.size(), null));
        return row;
    }

    /** Returns how {@link #shown} shows a full row, and one of NULLs. */
    static List<String> expected() {
        return List.of(String.join(" ", VALUES), String.join(" ", Collections.nCopies(COLUMNS.size(), "null")));
    }

    /** Returns a line of a data file. */
    static String csv(List<@Nullable String> row) {
        return row.stream()
                        .map(value -> value == null ? NULL : '"' + value.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\n";
    }
}
