package io.caravan.app.preview;

import io.caravan.app.text.JsonLines;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A preview for programs: a feed a line. A figure that is not known is null, and {@code unknown} of its load says why. */
final class PreviewJson {

    private PreviewJson() {}

    static String of(PreviewReport report) {
        return JsonLines.of(report.feeds().stream().map(PreviewJson::feed).toList());
    }

    private static Map<String, @Nullable Object> feed(FeedPreview feed) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("feed", feed.feed());
        json.put("notes", feed.notes());
        json.put("code", feed.failure() == null ? null : feed.failure().code());
        json.put("failure", feed.failure() == null ? null : feed.failure().getMessage());
        json.put("loads", feed.loads().stream().map(PreviewJson::load).toList());
        return json;
    }

    private static Map<String, @Nullable Object> load(LoadPreview load) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("position", load.position());
        json.put("unknown", load.unknown());
        json.put(
                "objects",
                load.load().objects().stream().map(entry -> object(load, entry)).toList());
        json.put("schema changes", load.schemaChanges());
        json.put("deletions", load.deletions() == null ? null : deletions(load.deletions()));
        json.put("rows", load.rows().stream().map(row -> row(load, row)).toList());
        json.put(
                "rejected rows",
                load.rejectedCounts().stream().map(count -> count(load, count)).toList());
        json.put(
                "rejected",
                load.rejected().stream().map(row -> rejected(load, row)).toList());
        json.put("statements", load.statements());
        json.put(
                "bytes",
                load.load().objects().stream()
                        .mapToLong(entry -> entry.object().sizeBytes())
                        .sum());
        json.put("reading seconds", load.load().times().reading().toMillis() / 1000.0);
        json.put("staging seconds", load.load().times().staging().toMillis() / 1000.0);
        json.put("comparing seconds", load.load().times().merging().toMillis() / 1000.0);
        return json;
    }

    private static Map<String, @Nullable Object> object(LoadPreview load, LedgerEntry entry) {
        LoadCounts counts = entry.counts();
        boolean isKnown = load.knows(entry);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("object", entry.object().uri());
        json.put("outcome", entry.outcome().text());
        json.put("read", counts.read());
        json.put("inserted", isKnown ? counts.inserted() : null);
        json.put("updated", isKnown ? counts.updated() : null);
        json.put("unchanged", isKnown ? counts.unchanged() : null);
        json.put("deleted", isKnown ? counts.deleted() : null);
        json.put("stale", isKnown ? counts.stale() : null);
        json.put("superseded", isKnown ? counts.superseded() : null);
        json.put("rejected", counts.rejected());
        json.put("code", entry.errorCode());
        json.put("reason", entry.error());
        json.put("same content as", entry.sameAs());
        return json;
    }

    private static Map<String, @Nullable Object> deletions(Deletions deletions) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rows", deletions.rows());
        json.put("lost", deletions.lost());
        json.put("target rows", deletions.targetRows());
        json.put("max deleted ratio", deletions.maxDeletedRatio());
        json.put("allowed", deletions.areAllowed());
        return json;
    }

    private static Map<String, @Nullable Object> row(LoadPreview load, PreviewedRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("effect", load.unknown() == null ? row.effect().text() : null);
        json.put("key", key(load, row.object()));
        json.put("line", row.line() == 0 ? null : row.line());
        json.put("keys", row.keys());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.values().forEach(value -> {
            Map<String, @Nullable Object> change = new LinkedHashMap<>();
            change.put("before", value.before());
            change.put("after", value.after());
            values.put(value.column(), change);
        });
        json.put("values", values);
        return json;
    }

    private static Map<String, @Nullable Object> count(LoadPreview load, RejectedCount count) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", key(load, count.object()));
        json.put("code", count.errorCode());
        json.put("rows", count.rows());
        json.put("first line", count.firstLine());
        json.put("first column", count.firstColumn());
        return json;
    }

    private static Map<String, @Nullable Object> rejected(LoadPreview load, PreviewedRejection row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", key(load, row.object()));
        json.put("line", row.line());
        json.put("column", row.column());
        json.put("code", row.errorCode());
        json.put("reason", row.reason());
        json.put("raw", row.raw());
        return json;
    }

    private static String key(LoadPreview load, int object) {
        return load.load().objects().get(object - 1).object().key();
    }
}
