package io.caravan.app.report;

import static io.caravan.app.text.Table.Column.number;

import io.caravan.app.text.Table.Column;
import io.caravan.model.ledger.LoadCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of all tables that show what became of records: the counts of a load, in one order and by one name each. */
public final class CountColumns {

    private static final List<Column> COLUMNS = List.of(
            number("read"),
            number("inserted"),
            number("updated"),
            number("unchanged"),
            number("deleted"),
            number("stale"),
            number("superseded"),
            number("rejected"));

    private CountColumns() {}

    /** Returns the columns of a table that has others before and behind them. */
    public static Column[] between(List<Column> before, Column... behind) {
        List<Column> columns = new ArrayList<>(before);
        columns.addAll(COLUMNS);
        columns.addAll(List.of(behind));
        return columns.toArray(Column[]::new);
    }

    /** Returns the cells of a row likewise. */
    public static @Nullable Object[] cells(List<?> before, LoadCounts counts, @Nullable Object... behind) {
        List<@Nullable Object> cells = new ArrayList<>(before);
        cells.addAll(List.of(
                counts.read(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                counts.stale(),
                counts.superseded(),
                counts.rejected()));
        for (Object cell : behind) {
            cells.add(cell);
        }
        return cells.toArray();
    }
}
