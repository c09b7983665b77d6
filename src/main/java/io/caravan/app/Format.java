package io.caravan.app;

import java.util.Locale;

/** How tables are printed. */
public enum Format {
    TEXT {
        @Override
        public String render(Table table) {
            return TextTable.render(table);
        }
    },
    JSON {
        @Override
        public String render(Table table) {
            return JsonTable.render(table);
        }
    };

    /** Returns the table as it is printed; every line ends in a line feed. */
    public abstract String render(Table table);

    /** Returns the name as the command line takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
