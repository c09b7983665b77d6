package io.caravan.app.text;

import io.caravan.base.VisibleText;
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
                default -> quoted.append(VisibleText.of(Character.toString(c)));
            }
        });
        return quoted.append('"').toString();
    }
}
