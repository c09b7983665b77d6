package io.caravan.load.publish;

import io.caravan.csv.serde.ObjectField;
import io.caravan.csv.serde.ReaderView;
import io.caravan.csv.serde.ViewedColumn;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a published table: those that it has, in their order, and behind them those that objects add. */
final class PublishedColumns {

    private static final String STRING = "string";

    private final Feed feed;
    private final ReaderView view;

    /** Whether the types are those to begin with. */
    private final boolean keepsTypes;

    /** How many columns the objects of this look have had. */
    private int looked;

    /**
     * Begins with the columns that a table has.
     *
     * @param before null for a table that is not there yet
     * @param keepsTypes whether the types were made of values that are not looked at again
     */
    PublishedColumns(Feed feed, ReaderView view, @Nullable CatalogTable before, boolean keepsTypes) {
        this.feed = feed;
        this.view = view;
        if (before != null) {
            before.columns().forEach(column -> view.columns()
                    .add(new ViewedColumn(column.name(), keepsTypes ? column.type() : STRING, column.comment())));
        }
        this.keepsTypes = keepsTypes;
    }

    /** Takes the fields of an object; returns false if its columns are in another order, so that readers misread it. */
    boolean accept(List<ObjectField> fields, String uri) {
        List<ViewedColumn> columns = view.columns();
        for (int i = 0; i < Math.min(fields.size(), columns.size()); i++) {
            if (!columns.get(i).name().equals(fields.get(i).name())) {
                view.warn(uri + " has '" + fields.get(i).name() + "' as field " + (i + 1) + ", where the table has '"
                        + columns.get(i).name()
                        + "': readers go by the order, and take its values for those of other columns");
                return false;
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            ObjectField field = fields.get(i);
            if (i >= columns.size()) {
                columns.add(viewed(field));
            } else if (!keepsTypes && i >= looked) {
                columns.set(i, viewed(field));
            }
        }
        looked = Math.max(looked, fields.size());
        return true;
    }

    private ViewedColumn viewed(ObjectField field) {
        return new ViewedColumn(
                field.name(),
                field.column().map(this::type).orElse(STRING),
                field.column().map(column -> column.type().sql()).orElse(null));
    }

    /** A value that is written in a form of the feed's own is no such value to others. */
    private String type(Column column) {
        return feed.columns().formats().containsKey(ColumnPolicy.fold(column.name()))
                        || feed.columns().onInvalid().containsKey(ColumnPolicy.fold(column.name()))
                ? STRING
                : type(column.type());
    }

    private static String type(ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT -> "smallint";
            case INTEGER -> "int";
            case BIGINT -> "bigint";
            case DECIMAL -> "decimal(" + type.length() + "," + type.scale() + ")";
            case REAL -> "float";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ, TIME, TIMETZ, SUPER, VARBYTE, CHAR, VARCHAR -> STRING;
        };
    }

    /** Returns them as the table gets them. Where readers know no types, the warehouse's are in the comments. */
    List<CatalogColumn> columns() {
        boolean isText = view.needsQuotes();
        return view.columns().stream()
                .map(column -> new CatalogColumn(column.name(), isText ? STRING : column.type(), column.comment()))
                .toList();
    }
}
