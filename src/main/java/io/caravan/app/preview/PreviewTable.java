package io.caravan.app.preview;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.report.CountColumns;
import io.caravan.app.text.Table;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The objects of previewed loads, and what would become of their records. */
final class PreviewTable {

    private static final String UNKNOWN = "unknown";

    private PreviewTable() {}

    /** Returns the objects of one load, by their keys. */
    static Table of(LoadPreview load) {
        Table table = new Table(CountColumns.between(List.of(key("object")), text("outcome")));
        add(table, load, entry -> List.of(entry.object().key()));
        return table;
    }

    /** Returns those of loads of several feeds, which may have objects of the same key in other buckets. */
    static Table of(List<LoadPreview> loads) {
        Table table = new Table(CountColumns.between(List.of(text("feed"), key("object")), text("outcome")));
        loads.forEach(load -> add(
                table, load, entry -> List.of(load.load().feed(), entry.object().uri())));
        return table;
    }

    private static void add(Table table, LoadPreview load, Function<LedgerEntry, List<String>> named) {
        load.load().objects().forEach(entry -> {
            LoadCounts counts = entry.counts();
            boolean isKnown = load.knows(entry);
            List<Object> cells = new ArrayList<>(named.apply(entry));
            cells.addAll(List.of(
                    counts.read(),
                    figure(isKnown, counts.inserted()),
                    figure(isKnown, counts.updated()),
                    figure(isKnown, counts.unchanged()),
                    figure(isKnown, counts.deleted()),
                    figure(isKnown, counts.stale()),
                    figure(isKnown, counts.superseded()),
                    counts.rejected(),
                    entry.outcome().text()));
            table.add(cells.toArray());
        });
    }

    private static Object figure(boolean isKnown, long figure) {
        return isKnown ? figure : UNKNOWN;
    }
}
