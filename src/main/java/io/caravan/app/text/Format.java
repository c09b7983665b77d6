package io.caravan.app.text;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How tables are printed. */
public enum Format {
    TEXT {
        @Override
        public String render(Table table) {
            return TextTable.render(table);
        }

        @Override
        public RowPrinter printer(PrintWriter out, Table.Column... columns) {
            return new TextRows(out, List.of(columns));
        }
    },
    JSON {
        @Override
        public String render(Table table) {
            return JsonLines.of(table.objects());
        }

        @Override
        public RowPrinter printer(PrintWriter out, Table.Column... columns) {
            return new JsonRows(out, List.of(columns));
        }
    };

    /** Returns the table as it is printed; every line ends in a line feed. */
    public abstract String render(Table table);

    /** Returns what prints the rows of a table that may be too large to be held. */
    public abstract RowPrinter printer(PrintWriter out, Table.Column... columns);

    /** Returns the name as the command line takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
