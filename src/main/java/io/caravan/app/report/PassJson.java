package io.caravan.app.report;

import io.caravan.app.text.JsonLines;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.RejectedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pass for programs: an object of JSON for each object, with the reasons of what did not load. */
final class PassJson {

    private PassJson() {}

    static String of(PassReport report) {
        if (report.isQuiet()) {
            return JsonLines.of(report.quiet().stream().map(PassJson::quiet).toList());
        }
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        report.done().loads().forEach(load -> load.objects()
                .forEach(entry -> objects.add(object(
                        load,
                        entry,
                        report.rejectedRowsOf(load)
                                .filter(rows -> rows.key().equals(entry.object().key()))
                                .map(PassJson::rejected)
                                .toList()))));
        return JsonLines.of(objects);
    }

    private static Map<String, @Nullable Object> object(
            LoadRecord load, LedgerEntry entry, List<Map<String, @Nullable Object>> rejectedRows) {
        Map<String, @Nullable Object> json = LoadTable.json(LoadTable.Line.of(load, entry));
        if (entry.outcome() == Outcome.REJECTED) {
            json.put("code", entry.errorCode());
            json.put("reason", entry.error());
        }
        if (entry.repaired() > 0) {
            json.put("repaired values", entry.repaired());
        }
        if (!rejectedRows.isEmpty()) {
            json.put("rejected rows", rejectedRows);
        }
        return json;
    }

    private static Map<String, @Nullable Object> rejected(RejectedRows rows) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", rows.errorCode());
        json.put("rows", rows.rows());
        json.put("first line", rows.firstLine());
        json.put("first column", rows.firstColumn());
        return json;
    }

    private static Map<String, @Nullable Object> quiet(QuietFeed feed) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("feed", feed.feed());
        json.put("place", feed.place());
        json.put("objects", feed.objects());
        json.put("outcome", "nothing new");
        return json;
    }
}
