package io.caravan.app.text;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints pages of a table on a terminal, each as wide as its rows need. */
final class ScreenRows implements RowPrinter {

    private static final int ROWS_PER_PAGE = 1_000;

    private final PrintWriter out;
    private final Screen screen;
    private final Table.Column[] columns;
    private Table page;
    private boolean hasPrinted;

    ScreenRows(PrintWriter out, Screen screen, List<Table.Column> columns) {
        this.out = out;
        this.screen = screen;
        this.columns = columns.toArray(Table.Column[]::new);
        this.page = new Table(this.columns);
    }

    @Override
    public void add(@Nullable Object... cells) {
        page.add(cells);
        if (page.rows().size() == ROWS_PER_PAGE) {
            print();
        }
    }

    @Override
    public void close() {
        if (!hasPrinted || !page.rows().isEmpty()) {
            print();
        }
    }

    private void print() {
        out.print(ScreenTable.render(page, screen));
        out.flush();
        page = new Table(columns);
        hasPrinted = true;
    }
}
