package io.caravan.app.text;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How tables are printed. */
public enum Format {
    TEXT {
        @Override
        public String render(Table table, Screen screen) {
            return screen.isTerminal() ? ScreenTable.render(table, screen) : TextTable.render(table);
        }

        @Override
        public RowPrinter printer(PrintWriter out, Screen screen, Table.Column... columns) {
            return screen.isTerminal()
                    ? new ScreenRows(out, screen, List.of(columns))
                    : new TextRows(out, List.of(columns));
        }
    },
    JSON {
        @Override
        public String render(Table table, Screen screen) {
            return JsonLines.of(table.objects());
        }

        @Override
        public RowPrinter printer(PrintWriter out, Screen screen, Table.Column... columns) {
            return new JsonRows(out, List.of(columns));
        }
    },
    CSV {
        @Override
        public String render(Table table, Screen screen) {
            return CsvText.render(table);
        }

        @Override
        public RowPrinter printer(PrintWriter out, Screen screen, Table.Column... columns) {
            return new CsvText(out, List.of(columns));
        }
    };

    /** Returns the table as it is printed; every line ends in a line feed. */
    public abstract String render(Table table, Screen screen);

    /** Returns the table as it is printed where nobody sees it at once. */
    public String render(Table table) {
        return render(table, Screen.NONE);
    }

    /** Returns what prints the rows of a table that may be too large to be held. */
    public abstract RowPrinter printer(PrintWriter out, Screen screen, Table.Column... columns);

    /** Returns the name as the command line takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
