package io.caravan.app.html;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table with a header. Where there is little room, each row becomes a list of its cells with their names. */
public final class Grid {

    /**
     * A column.
     *
     * @param name what stands at its head
     * @param isNumber whether its cells are figures, which stand below each other by their digits
     */
    public record Column(String name, boolean isNumber) {

        public static Column text(String name) {
            return new Column(name, false);
        }

        public static Column number(String name) {
            return new Column(name, true);
        }
    }

    private final String caption;
    private final List<Column> columns;
    private final List<Html> rows = new ArrayList<>();

    /**
     * Has no row yet.
     *
     * @param caption what the table shows, for whoever cannot see it
     */
    public Grid(String caption, Column... columns) {
        this.caption = caption;
        this.columns = List.of(columns);
    }

    /** Adds a row; the first cell is its head. */
    public void add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<Html> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i);
            row.add(
                    i == 0
                            ? el("th", attr("scope", "row"), attr("role", "rowheader"), cells[i])
                            : el(
                                    "td",
                                    attr("role", "cell"),
                                    attr("data-label", column.name()),
                                    look(column, cells[i]),
                                    cells[i]));
        }
        rows.add(el("tr", attr("role", "row"), row));
    }

    /** What is nothing needs no room where there is little. */
    private static @Nullable Attribute look(Column column, Object cell) {
        String classes = (column.isNumber() ? "num" : "") + (cell.toString().equals("—") ? " none" : "");
        return classes.isEmpty() ? null : css(classes.strip());
    }

    /** Returns whether it has no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the table. */
    public Html html() {
        List<Html> heads = columns.stream()
                .map(column -> el(
                        "th",
                        attr("scope", "col"),
                        attr("role", "columnheader"),
                        column.isNumber() ? css("num") : null,
                        column.name()))
                .toList();
        // The roles stay when the style takes the table apart.
        return el(
                "table",
                attr("role", "table"),
                el("caption", css("unseen"), caption),
                el("thead", attr("role", "rowgroup"), el("tr", attr("role", "row"), heads)),
                el("tbody", attr("role", "rowgroup"), rows));
    }
}
