package io.caravan.app;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes a table as a JSON array, one object a line, without its totals. */
final class JsonTable {

    private JsonTable() {}

    /** Returns the array, with a line feed at its end. */
    static String render(Table table) {
        StringJoiner array = new StringJoiner(",\n  ", "[\n  ", "\n]\n").setEmptyValue("[]\n");
        table.rows().forEach(row -> array.add(object(table.columns(), row)));
        return array.toString();
    }

    static String object(List<Table.Column> columns, List<@Nullable Object> row) {
        StringJoiner object = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < columns.size(); i++) {
            object.add(quote(columns.get(i).name()) + ": " + value(row.get(i)));
        }
        return object.toString();
    }

    private static String value(@Nullable Object cell) {
        return cell == null || cell instanceof Number || cell instanceof Boolean
                ? String.valueOf(cell)
                : quote(cell.toString());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    // Half a surrogate pair has no form in UTF-8.
                    if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                        quoted.append("\\u").append(Character.forDigit(c >> 12, 16));
                        quoted.append(Character.forDigit(c >> 8 & 0xf, 16));
                        quoted.append(Character.forDigit(c >> 4 & 0xf, 16));
                        quoted.append(Character.forDigit(c & 0xf, 16));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
