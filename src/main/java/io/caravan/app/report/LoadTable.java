package io.caravan.app.report;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.text;
import static java.util.Objects.requireNonNull;

import io.caravan.app.text.FigureText;
import io.caravan.app.text.Table;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what became of the objects that were loaded. */
public final class LoadTable {

    /**
     * One object.
     *
     * @param feed name of the feed
     * @param object address for people, {@code s3://bucket/key}
     * @param outcome the outcome as the ledger writes it
     * @param counts what became of its records
     */
    public record Line(String feed, String object, String outcome, LoadCounts counts) {

        public Line {
            requireNonNull(feed, "feed");
            requireNonNull(object, "object");
            requireNonNull(outcome, "outcome");
            requireNonNull(counts, "counts");
        }

        static Line of(LoadRecord load, LedgerEntry entry) {
            return new Line(load.feed(), entry.object().uri(), entry.outcome().text(), entry.counts());
        }
    }

    private LoadTable() {}

    /** Returns the table, with totals if there is more than one object. */
    public static Table of(List<Line> lines) {
        Table table = new Table(CountColumns.between(List.of(text("feed"), key("object")), text("outcome")));
        lines.forEach(line -> table.add(cells(line)));
        if (lines.size() > 1) {
            LoadCounts sum = lines.stream().map(Line::counts).reduce(LoadCounts.NONE, LoadCounts::plus);
            table.setTotals(cells(new Line("total", FigureText.number(lines.size()) + " objects", "", sum)));
        }
        return table;
    }

    /** Returns a line as the members of an object of JSON; it may be changed. */
    static Map<String, @Nullable Object> json(Line line) {
        return new LinkedHashMap<>(of(List.of(line)).objects().get(0));
    }

    private static @Nullable Object[] cells(Line line) {
        return CountColumns.cells(List.of(line.feed, line.object), line.counts, line.outcome);
    }
}
