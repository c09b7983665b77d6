package io.caravan.app.text;

import io.caravan.base.JsonText;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a JSON array, one object a line. */
final class JsonRows implements RowPrinter {

    private final PrintWriter out;
    private final List<Table.Column> columns;
    private boolean any;

    JsonRows(PrintWriter out, List<Table.Column> columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void add(@Nullable Object... cells) {
        out.print(any ? ",\n  " : "[\n  ");
        out.print(JsonText.of(Table.object(columns, Arrays.asList(cells))));
        any = true;
    }

    @Override
    public void close() {
        out.print(any ? "\n]\n" : "[]\n");
        out.flush();
    }
}
