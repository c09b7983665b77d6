package io.caravan.app.preview;

import static java.util.stream.Collectors.joining;

import io.caravan.app.text.FigureText;
import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.app.text.WrappedText;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.PreviewedValue;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A preview for people: of each feed what is not done, the counts, and then what they are made of. */
final class PreviewText {

    private static final String MARGIN = "  ";

    private final Screen screen;

    private PreviewText(Screen screen) {
        this.screen = screen;
    }

    static String of(PreviewReport report, Screen screen) {
        PreviewText text = new PreviewText(screen);
        return report.feeds().stream().map(text::feed).collect(joining("\n"));
    }

    private String feed(FeedPreview feed) {
        StringBuilder text = new StringBuilder();
        text.append(wrapped("", "Feed " + feed.feed() + ": " + summary(feed)));
        feed.notes().forEach(note -> text.append(wrapped("", "Note: " + note)));
        feed.loads().forEach(load -> text.append('\n').append(load(load)));
        return text.toString();
    }

    private String wrapped(String margin, String sentence) {
        return WrappedText.of(margin, sentence, screen);
    }

    private static String summary(FeedPreview feed) {
        if (!feed.loads().isEmpty()) {
            return "nothing is written; this is what a load would do";
        }
        return feed.failure() == null ? "nothing new" : "no load could be previewed";
    }

    private String load(LoadPreview load) {
        StringBuilder text = new StringBuilder(Format.TEXT.render(PreviewTable.of(load), screen));
        if (load.unknown() != null) {
            text.append(wrapped("", "Unknown, as " + load.unknown() + "."));
        }
        load.load().objects().stream()
                .filter(entry -> entry.errorCode() != null)
                .forEach(entry -> text.append(wrapped(
                        "", "Rejected " + entry.object().uri() + ": " + entry.errorCode() + ": " + entry.error())));
        load.load().objects().stream()
                .filter(entry -> entry.sameAs() != null)
                .forEach(entry ->
                        text.append(wrapped("", entry.object().uri() + " has the same content as " + entry.sameAs())));
        section(text, "Before anything is loaded", statements(load.schemaChanges()));
        Deletions deletions = load.deletions();
        if (deletions != null) {
            section(text, "Deletions", wrapped(MARGIN, guard(deletions)));
        }
        if (load.unknown() == null) {
            for (RowEffect effect : RowEffect.values()) {
                section(text, title(effect), rows(load, effect));
            }
        } else {
            section(text, "First rows", rows(load, RowEffect.INSERTED));
        }
        section(text, "Rejected rows", rejected(load));
        section(text, "SQL", statements(load.statements()));
        return text.append(times(load)).toString();
    }

    private String statements(List<String> statements) {
        return statements.stream()
                .flatMap(String::lines)
                .map(line -> wrapped(MARGIN, line))
                .collect(joining());
    }

    private static void section(StringBuilder text, String title, String content) {
        if (!content.isEmpty()) {
            text.append(title).append(":\n").append(content);
        }
    }

    private static String title(RowEffect effect) {
        return effect.text().substring(0, 1).toUpperCase(Locale.ROOT)
                + effect.text().substring(1) + " rows";
    }

    private static String guard(Deletions deletions) {
        return FigureText.number(deletions.rows()) + " of the target's "
                + FigureText.number(deletions.targetRows()) + " rows are lacking"
                + (deletions.lost() == deletions.rows()
                        ? ""
                        : ", and it would have " + FigureText.number(deletions.lost()) + " rows fewer")
                + "; maxDeletedRatio " + deletions.maxDeletedRatio()
                + (deletions.areAllowed() ? " allows it" : " does not allow it");
    }

    private String rows(LoadPreview load, RowEffect effect) {
        return load.rows().stream()
                .filter(row -> row.effect() == effect)
                .map(row -> row(load.load(), row))
                .collect(joining());
    }

    private String row(LoadRecord load, PreviewedRow row) {
        String keys = row.keys().entrySet().stream()
                .map(key -> key.getKey() + " " + value(key.getValue()))
                .collect(joining(", "));
        String place = place(load, row.object(), row.line());
        StringBuilder text = new StringBuilder(wrapped(MARGIN, keys.isEmpty() ? place : keys + " of " + place));
        for (PreviewedValue value : row.values()) {
            text.append(wrapped(MARGIN + MARGIN, value.column() + ": " + change(row.effect(), value)));
        }
        return text.toString();
    }

    private static String change(RowEffect effect, PreviewedValue value) {
        return switch (effect) {
            case INSERTED -> value(value.after());
            case DELETED -> value(value.before());
            case UPDATED -> value(value.before()) + " -> " + value(value.after());
            case STALE -> value(value.after()) + ", and the table keeps " + value(value.before());
        };
    }

    private static String value(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }

    private static String place(LoadRecord load, int object, long line) {
        String key = load.objects().get(object - 1).object().key();
        return line == 0 ? key : key + ":" + line;
    }

    private String rejected(LoadPreview load) {
        StringBuilder text = new StringBuilder();
        for (RejectedCount count : load.rejectedCounts()) {
            text.append(wrapped(
                    MARGIN,
                    FigureText.number(count.rows()) + " " + count.errorCode() + ", first at "
                            + place(load.load(), count.object(), count.firstLine())
                            + (count.firstColumn() == null ? "" : ", column " + count.firstColumn())));
        }
        for (PreviewedRejection row : load.rejected()) {
            text.append(wrapped(
                    MARGIN,
                    place(load.load(), row.object(), row.line()) + " " + row.errorCode() + ": "
                            + (row.column() == null ? "" : row.column() + ": ") + row.reason()));
            text.append(wrapped(MARGIN + MARGIN, row.raw()));
        }
        return text.toString();
    }

    private String times(LoadPreview load) {
        PhaseTimes times = load.load().times();
        long bytes = load.load().objects().stream()
                .map(LedgerEntry::object)
                .mapToLong(object -> object.sizeBytes())
                .sum();
        return wrapped(
                "",
                FigureText.bytes(bytes) + " read in " + FigureText.time(times.reading())
                        + (load.unknown() != null
                                ? ""
                                : ", staged in " + FigureText.time(times.staging()) + ", compared in "
                                        + FigureText.time(times.merging()) + ", at ledger position "
                                        + load.position()));
    }
}
