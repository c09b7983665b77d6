package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.html.Grid;
import io.caravan.app.html.Html;
import io.caravan.app.text.FigureText;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import io.caravan.base.CaravanException;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the next loads of a feed would do; for operators, since it does all of it before it is rolled back. */
final class PreviewPage implements Page {

    private final MonitorSource source;
    private final Questions questions;

    PreviewPage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        String feed = request.query("feed")
                .filter(name -> source.feed(name).isPresent())
                .orElseThrow(() -> new WebRefusal(WebResponse.NOT_FOUND, "There is no such feed here"));
        @Nullable String key = request.query("key").orElse(null);
        Question question = new Question(Question.Kind.PREVIEW, feed, null, key);
        @Nullable FeedPreview preview = visitor.mayAct() ? questions.value(question, FeedPreview.class) : null;
        Html live = Html.all(
                visitor.mayAct()
                        ? questions.status(
                                question,
                                token,
                                "A preview does what the next load would do, and rolls it back: it reads "
                                        + (key == null ? "all that is new." : "this object."))
                        : PageParts.note("quiet", "Only operators may have a load previewed."),
                preview == null ? null : preview(preview, visitor));
        return new Shown(
                "Preview of " + feed,
                new Members()
                        .put("feed", feed)
                        .put("key", key)
                        .put("isKnown", preview != null)
                        .put("failure", preview == null ? null : failure(preview))
                        .put(
                                "loads",
                                preview == null
                                        ? List.of()
                                        : preview.loads().stream()
                                                .map(PreviewPage::json)
                                                .toList())
                        .map(),
                form(feed, key),
                live,
                questions.find(question).filter(Answers.Answer::isOpen).isPresent());
    }

    private static Html form(String feed, @Nullable String key) {
        return el(
                "form",
                css("filters"),
                attr("method", "get"),
                attr("action", "/preview"),
                ActForms.hidden("feed", feed),
                el("label", attr("for", "key"), "Only the object with key"),
                el("input", attr("id", "key"), attr("name", "key"), css("wide"), attr("value", key == null ? "" : key)),
                el("button", attr("type", "submit"), "Choose"));
    }

    private static @Nullable String failure(FeedPreview preview) {
        @Nullable CaravanException failure = preview.failure();
        return failure == null ? null : failure.code() + ": " + failure.getMessage();
    }

    private static Html preview(FeedPreview preview, Visitor visitor) {
        List<Html> parts = new ArrayList<>();
        preview.notes().forEach(note -> parts.add(PageParts.note("quiet", note)));
        if (preview.failure() != null) {
            parts.add(PageParts.note("bad", String.valueOf(failure(preview))));
        }
        if (preview.loads().isEmpty() && preview.failure() == null) {
            parts.add(PageParts.note("quiet", "There is nothing to load."));
        }
        int number = 0;
        for (LoadPreview load : preview.loads()) {
            number++;
            parts.add(PageParts.section(
                    "load-" + number,
                    preview.loads().size() == 1 ? "The next load" : "Load " + number,
                    load(load, visitor)));
        }
        return Html.all(parts);
    }

    private static Html load(LoadPreview load, Visitor visitor) {
        return Html.all(
                load.unknown() == null ? null : PageParts.note("running", "Not all is known: ", load.unknown()),
                PageParts.sum(load.load().counts(), null, null),
                load.deletions() == null ? null : deletions(load.deletions()),
                objects(load),
                load.rejectedCounts().isEmpty() ? null : rejected(load),
                texts("Would change the table first", load.schemaChanges()),
                texts("The statements", load.statements()),
                visitor.maySeeValues() && !load.rows().isEmpty() ? rows(load) : null);
    }

    private static Html deletions(Deletions deletions) {
        return PageParts.note(
                deletions.areAllowed() ? "quiet" : "bad",
                FigureText.number(deletions.rows()) + " rows of the table are not in the snapshot; "
                        + FigureText.number(deletions.lost()) + " of "
                        + FigureText.number(deletions.targetRows()) + " would be lost, which maxDeletedRatio "
                        + (deletions.areAllowed() ? "allows." : "forbids."));
    }

    private static Html objects(LoadPreview load) {
        Grid grid = new Grid(
                "Objects of the load",
                Grid.Column.text("Object"),
                Grid.Column.text("State"),
                Grid.Column.number("Read"),
                Grid.Column.number("Inserted"),
                Grid.Column.number("Updated"),
                Grid.Column.number("Unchanged"),
                Grid.Column.number("Rejected"));
        for (LedgerEntry entry : load.load().objects()) {
            grid.add(
                    PageParts.object(load.load().feed(), entry.object().key()),
                    Html.all(
                            State.of(entry.outcome(), entry.counts().rejected()).badge(),
                            entry.errorCode() == null ? null : " ",
                            PageParts.code(
                                    entry.errorCode() == null
                                            ? null
                                            : entry.errorCode().name()),
                            entry.error() == null ? null : el("p", entry.error())),
                    PageParts.count(entry.counts().read()),
                    PageParts.count(entry.counts().inserted()),
                    PageParts.count(entry.counts().updated()),
                    PageParts.count(entry.counts().unchanged()),
                    PageParts.count(entry.counts().rejected()));
        }
        return grid.html();
    }

    private static Html rejected(LoadPreview load) {
        Grid grid = new Grid(
                "Rows that would be rejected",
                Grid.Column.text("Code"),
                Grid.Column.number("Rows"),
                Grid.Column.number("First line"),
                Grid.Column.text("Column"));
        load.rejectedCounts()
                .forEach(count -> grid.add(
                        PageParts.code(count.errorCode()),
                        PageParts.count(count.rows()),
                        PageParts.number(count.firstLine()),
                        count.firstColumn() == null ? "—" : el("code", count.firstColumn())));
        return Html.all(el("h3", "Would be rejected"), grid.html());
    }

    private static Html texts(String title, List<String> texts) {
        return texts.isEmpty()
                ? Html.NONE
                : el(
                        "details",
                        el("summary", title),
                        texts.stream()
                                .map(text -> el("pre", attr("tabindex", "0"), text))
                                .toList());
    }

    private static Html rows(LoadPreview load) {
        Grid grid = new Grid(
                "The first rows of each effect",
                Grid.Column.text("Keys"),
                Grid.Column.text("Effect"),
                Grid.Column.number("Line"),
                Grid.Column.text("Values"));
        for (PreviewedRow row : load.rows()) {
            grid.add(
                    el("code", row.keys().toString()),
                    row.effect().text(),
                    PageParts.number(row.line()),
                    row.values().stream()
                            .map(value -> el(
                                    "p",
                                    el("code", value.column()),
                                    " ",
                                    String.valueOf(value.before()),
                                    " → ",
                                    String.valueOf(value.after())))
                            .toList());
        }
        return Html.all(el("h3", "Rows"), grid.html());
    }

    /** Nothing of what a row holds. */
    private static Map<String, @Nullable Object> json(LoadPreview load) {
        return new Members()
                .put("objects", load.load().objects().size())
                .put("counts", PageParts.json(load.load().counts()).map())
                .put("addsUp", load.load().counts().addUp())
                .put("unknown", load.unknown())
                .put("schemaChanges", load.schemaChanges())
                .put(
                        "rejected",
                        load.rejectedCounts().stream()
                                .map(count -> new Members()
                                        .put("errorCode", count.errorCode())
                                        .put("rows", count.rows())
                                        .put("firstLine", count.firstLine())
                                        .put("firstColumn", count.firstColumn())
                                        .map())
                                .toList())
                .map();
    }
}
