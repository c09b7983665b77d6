package io.caravan.app.preview;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.report.CountColumns;
import io.caravan.app.text.Table;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LoadCounts;
import java.util.List;

/** The objects of previewed loads, and what would become of their records. */
final class PreviewTable {

    private static final String UNKNOWN = "unknown";

    private PreviewTable() {}

    static Table of(List<LoadPreview> loads) {
        Table table = new Table(CountColumns.between(List.of(key("object")), text("outcome")));
        loads.forEach(load -> load.load().objects().forEach(entry -> {
            LoadCounts counts = entry.counts();
            boolean isKnown = load.knows(entry);
            table.add(
                    entry.object().key(),
                    counts.read(),
                    figure(isKnown, counts.inserted()),
                    figure(isKnown, counts.updated()),
                    figure(isKnown, counts.unchanged()),
                    figure(isKnown, counts.deleted()),
                    figure(isKnown, counts.stale()),
                    figure(isKnown, counts.superseded()),
                    counts.rejected(),
                    entry.outcome().text());
        }));
        return table;
    }

    private static Object figure(boolean isKnown, long figure) {
        return isKnown ? figure : UNKNOWN;
    }
}
