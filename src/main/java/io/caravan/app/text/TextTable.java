package io.caravan.app.text;

import io.caravan.base.VisibleText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table as aligned text, two blanks between columns, without trailing blanks. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<Table.Column> columns;
    private final int[] widths;

    /** Begins with columns that are as narrow as can be. */
    TextTable(List<Table.Column> columns) {
        this.columns = columns;
        this.widths = new int[columns.size()];
    }

    /** Returns the table; every line ends in a line feed. */
    static String render(Table table) {
        TextTable text = new TextTable(table.columns());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(text.header());
        rows.addAll(table.rows());
        if (!table.totals().isEmpty()) {
            rows.add(table.totals());
        }
        return text.lines(rows);
    }

    /** Returns the columns' names, as a row. */
    List<@Nullable Object> header() {
        return Collections.unmodifiableList(
                new ArrayList<>(columns.stream().map(Table.Column::name).toList()));
    }

    /** Returns rows as lines, each of which ends in a line feed. Columns that are too narrow grow. */
    String lines(List<List<@Nullable Object>> rows) {
        List<List<String>> lines = rows.stream().map(this::texts).toList();
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TextWidth.of(line.get(i)));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - TextWidth.of(line.get(i)));
                boolean number = columns.get(i).number();
                padded.append(i == 0 ? "" : GAP).append(number ? blanks + line.get(i) : line.get(i) + blanks);
            }
            out.append(padded.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private List<String> texts(List<@Nullable Object> row) {
        List<String> texts = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            texts.add(text(row.get(i), columns.get(i).grouped()));
        }
        return texts;
    }

    static String text(@Nullable Object cell, boolean grouped) {
        if (cell == null) {
            return "";
        }
        if (grouped && (cell instanceof Long || cell instanceof Integer)) {
            return FigureText.number(((Number) cell).longValue());
        }
        return VisibleText.of(cell.toString());
    }
}
