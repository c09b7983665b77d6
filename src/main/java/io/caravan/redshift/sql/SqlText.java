package io.caravan.redshift.sql;

import static java.util.stream.Collectors.joining;

import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The pieces of which statements are made: names, literals and lists, as text. Identifiers are always quoted. */
public final class SqlText {

    /** In UTC; Redshift's TIMESTAMP has no zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SqlText() {}

    static String quote(TableName table) {
        return quote(table.schema()) + "." + quote(table.table());
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Redshift reads a backslash in a literal as an escape, as PostgreSQL 8 did. */
    static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Returns a time as a TIMESTAMP, which has no zone, in UTC. */
    static String timestamp(Instant instant) {
        return "CAST('" + time(instant) + "' AS TIMESTAMP)";
    }

    /** Returns the text of a TIMESTAMP, in UTC. */
    public static String time(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    /** Returns what LIKE takes for all text that begins so. */
    public static String startingWith(String text) {
        return text.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    static String names(List<Column> columns) {
        return list(columns, column -> quote(column.name()));
    }

    static String list(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(", "));
    }

    static String and(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(" AND "));
    }
}
