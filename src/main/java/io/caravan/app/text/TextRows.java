package io.caravan.app.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints pages of aligned text; a column grows from one page to the next if its values need it. */
final class TextRows implements RowPrinter {

    private static final int ROWS_PER_PAGE = 1_000;

    private final PrintWriter out;
    private final TextTable table;
    private final List<List<@Nullable Object>> page = new ArrayList<>();

    TextRows(PrintWriter out, List<Table.Column> columns) {
        this.out = out;
        this.table = new TextTable(columns);
        page.add(table.header());
    }

    @Override
    public void add(@Nullable Object... cells) {
        page.add(Collections.unmodifiableList(Arrays.asList(cells.clone())));
        if (page.size() >= ROWS_PER_PAGE) {
            print();
        }
    }

    @Override
    public void close() {
        print();
    }

    private void print() {
        out.print(table.lines(page));
        out.flush();
        page.clear();
    }
}
