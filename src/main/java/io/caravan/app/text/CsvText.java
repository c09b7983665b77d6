package io.caravan.app.text;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables as CSV, as <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> has it, with line feeds; null is empty. */
final class CsvText implements RowPrinter {

    private final PrintWriter out;

    CsvText(PrintWriter out, List<Table.Column> columns) {
        this.out = out;
        out.print(line(columns.stream().map(Table.Column::name).toList()));
    }

    static String render(Table table) {
        return line(table.columns().stream().map(Table.Column::name).toList())
                + table.rows().stream().map(CsvText::line).collect(Collectors.joining());
    }

    private static String line(List<? extends @Nullable Object> cells) {
        return cells.stream()
                        .map(cell -> Objects.toString(cell, ""))
                        .map(CsvText::field)
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String field(String text) {
        boolean needsQuotes = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void add(@Nullable Object... cells) {
        out.print(line(Arrays.asList(cells)));
    }

    @Override
    public void close() {
        out.flush();
    }
}
