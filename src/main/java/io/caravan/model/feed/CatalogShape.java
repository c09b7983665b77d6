package io.caravan.model.feed;

import static java.util.stream.Collectors.joining;

import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.HiveType;
import io.caravan.model.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a table of a Data Catalog says of the columns of a feed's objects.
 *
 * @param columns in the order of the fields, and then those whose values are in keys; empty if no such table is asked
 * @param isInOrder whether a header must have their names in their order
 */
public record CatalogShape(List<CatalogColumn> columns, boolean isInOrder) {

    /** No table is asked. */
    public static final CatalogShape NONE = new CatalogShape(List.of(), false);

    private static final String LINE = "\n";
    private static final String TAB = "\t";

    public CatalogShape {
        columns = List.copyOf(columns);
    }

    /** Writes columns as the text of a parameter. */
    public static String text(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> ColumnNames.clean(column.name()) + TAB + column.type())
                .collect(joining(LINE));
    }

    /**
     * Reads what {@link #text} has written; {@link #NONE} if that has no column.
     *
     * @param isInOrder whether a header must have the names in their order
     */
    public static CatalogShape parse(String text, boolean isInOrder) {
        List<CatalogColumn> columns = new ArrayList<>();
        for (String line : text.split(LINE, -1)) {
            int tab = line.indexOf(TAB);
            if (tab >= 0) {
                columns.add(new CatalogColumn(line.substring(0, tab), line.substring(tab + 1)));
            }
        }
        return columns.isEmpty() ? NONE : new CatalogShape(columns, isInOrder);
    }

    /** Returns whether a field of a header is this column: by its own name, or by that of the column it becomes. */
    public static boolean isSame(CatalogColumn declared, String name, String column) {
        String folded = ColumnNames.fold(declared.name());
        String snake = ColumnNames.snake(declared.name());
        return folded.equals(ColumnNames.fold(name))
                || folded.equals(ColumnNames.fold(column))
                || snake.equals(ColumnNames.snake(name))
                || snake.equals(ColumnNames.snake(column));
    }

    /** Returns the type that a column of the warehouse gets; empty if its values decide. */
    public Optional<ColumnType> type(String column) {
        return hiveType(column).flatMap(HiveType::column);
    }

    /** Returns whether a column is text of any length. */
    public boolean isText(String column) {
        return hiveType(column).filter(HiveType::isString).isPresent();
    }

    private Optional<HiveType> hiveType(String column) {
        return columns.stream()
                .filter(declared -> isSame(declared, column, column))
                .findFirst()
                .map(declared -> HiveType.parse(declared.type()));
    }
}
