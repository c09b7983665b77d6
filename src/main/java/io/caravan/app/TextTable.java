package io.caravan.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table as aligned text, two blanks between columns, without trailing blanks. */
final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /** Returns the table; every line ends in a line feed. */
    static String render(Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.columns().stream().map(Table.Column::name).toList());
        table.rows().forEach(row -> lines.add(row.stream().map(TextTable::text).toList()));
        if (!table.totals().isEmpty()) {
            lines.add(table.totals().stream().map(TextTable::text).toList());
        }
        int[] widths = new int[table.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(line.get(i)));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - width(line.get(i)));
                boolean number = table.columns().get(i).number();
                padded.append(i == 0 ? "" : GAP).append(number ? blanks + line.get(i) : line.get(i) + blanks);
            }
            out.append(padded.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        if (cell instanceof Long || cell instanceof Integer) {
            return Figures.number(((Number) cell).longValue());
        }
        // Object keys may hold anything, line feeds and escape sequences for the terminal too.
        return cell.toString().replaceAll("[\\p{Cc}\\p{Cs}]", "?");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
