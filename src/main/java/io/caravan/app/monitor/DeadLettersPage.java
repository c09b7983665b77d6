package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.monitor.Questions.Letters;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRequest;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.status.FeedStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters in groups, and where the last of them stand; what they hold only for whom it is meant. */
final class DeadLettersPage implements Page {

    private final MonitorSource source;
    private final Questions questions;

    DeadLettersPage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        @Nullable String feed = request.query("feed").orElse(null);
        @Nullable String load = request.query("load").orElse(null);
        @Nullable String code = request.query("code").orElse(null);
        @Nullable String column = request.query("column").orElse(null);
        @Nullable String key = request.query("key").orElse(null);
        Question question = new Question(Question.Kind.LETTERS, feed, load, key, code, column);
        @Nullable Letters letters = questions.value(question, Letters.class);
        Html live = Html.all(
                chosen(question),
                feed == null && load == null ? sinceTheStart() : null,
                questions.status(question, token, "The dead letters are in the warehouse."),
                letters == null ? null : groups(letters.counts()),
                letters == null ? null : last(letters.last(), visitor));
        return new Shown(
                "Dead letters",
                json(feed, letters),
                ActForms.of(visitor, token, feed, load, code, column, key),
                live,
                questions.find(question).filter(Answers.Answer::isOpen).isPresent());
    }

    private static Html chosen(Question question) {
        @Nullable String feed = question.feed();
        @Nullable String load = question.load();
        @Nullable String code = question.code();
        @Nullable String column = question.column();
        @Nullable String key = question.key();
        if (feed == null && load == null && code == null && column == null && key == null) {
            return Html.NONE;
        }
        return el(
                "p",
                css("hint quiet"),
                "Those",
                feed == null ? null : Html.all(" of feed ", PageParts.feed(feed)),
                load == null ? null : Html.all(" of load ", PageParts.load(load)),
                code == null ? null : Html.all(" with code ", PageParts.code(code)),
                column == null ? null : Html.all(" in column ", el("code", column)),
                key == null ? null : Html.all(" of object ", el("span", css("key"), key)),
                ". ",
                Href.of("dead-letters").link("All dead letters"));
    }

    /** What is known without asking. */
    private Html sinceTheStart() {
        Grid grid = new Grid(
                "Rejected since the start, by feed",
                Grid.Column.text("Feed"),
                Grid.Column.number("Rejected rows"),
                Grid.Column.number("Rejected objects"));
        source.feeds().stream()
                .filter(feed -> feed.rejectedRows() > 0 || feed.rejectedObjects() > 0)
                .forEach(feed -> {
                    Href letters = Href.of("dead-letters").with("feed", feed.feed());
                    grid.add(
                            PageParts.feed(feed.feed()),
                            PageParts.count(feed.rejectedRows(), letters),
                            PageParts.count(feed.rejectedObjects(), letters));
                });
        return PageParts.section(
                "since",
                "Rejected since the start",
                grid.isEmpty() ? PageParts.note("quiet", "Nothing.") : grid.html());
    }

    private static Html groups(List<DeadLetterCount> counts) {
        Grid grid = new Grid(
                "Dead letters in groups",
                Grid.Column.text("Code"),
                Grid.Column.text("Column"),
                Grid.Column.text("Feed"),
                Grid.Column.text("Status"),
                Grid.Column.number("Dead letters"),
                Grid.Column.number("Objects"),
                Grid.Column.text("First load"),
                Grid.Column.text("Last load"));
        counts.forEach(count -> {
            Href these = Href.of("dead-letters")
                    .with("feed", count.feed())
                    .with("code", count.errorCode())
                    .with("column", count.column());
            grid.add(
                    PageParts.code(count.errorCode()),
                    count.column() == null ? "—" : el("code", count.column()),
                    PageParts.feed(count.feed()),
                    count.status().text(),
                    PageParts.count(count.letters(), these),
                    PageParts.count(count.objects(), these),
                    PageParts.load(count.firstLoad()),
                    PageParts.load(count.lastLoad()));
        });
        return PageParts.section(
                "groups", "In groups", grid.isEmpty() ? PageParts.note("quiet", "There is none.") : grid.html());
    }

    private static Html last(List<DeadLetter> letters, Visitor visitor) {
        if (letters.isEmpty()) {
            return Html.NONE;
        }
        Grid grid = new Grid(
                "Where open dead letters stand",
                Grid.Column.text("Object"),
                Grid.Column.number("Line"),
                Grid.Column.text("Column"),
                Grid.Column.text("Code"),
                Grid.Column.text("Load"),
                Grid.Column.text(visitor.maySeeValues() ? "Reason and record" : "Record"));
        letters.forEach(letter -> grid.add(
                PageParts.object(letter.feed(), letter.key()),
                PageParts.number(letter.line()),
                letter.column() == null ? "—" : el("code", letter.column()),
                PageParts.code(letter.errorCode()),
                PageParts.load(letter.load()),
                visitor.maySeeValues()
                        ? Html.all(el("p", letter.reason()), el("pre", attr("tabindex", "0"), letter.raw()))
                        : el("span", css("zero"), "not shown")));
        return PageParts.section("open", "Open, the last ones", grid.html());
    }

    private Map<String, @Nullable Object> json(@Nullable String feed, @Nullable Letters letters) {
        return new Members()
                .put("feed", feed)
                .put(
                        "sinceTheStart",
                        source.feeds().stream()
                                .filter(FeedStatus::isLeader)
                                .map(status -> new Members()
                                        .put("feed", status.feed())
                                        .put("rejectedRows", status.rejectedRows())
                                        .put("rejectedObjects", status.rejectedObjects())
                                        .map())
                                .toList())
                .put(
                        "groups",
                        letters == null
                                ? null
                                : letters.counts().stream()
                                        .map(DeadLettersPage::json)
                                        .toList())
                .put(
                        "open",
                        letters == null
                                ? null
                                : letters.last().stream()
                                        .map(DeadLettersPage::json)
                                        .toList())
                .map();
    }

    private static Map<String, @Nullable Object> json(DeadLetterCount count) {
        return new Members()
                .put("feed", count.feed())
                .put("errorCode", count.errorCode())
                .put("column", count.column())
                .put("status", count.status().text())
                .put("letters", count.letters())
                .put("objects", count.objects())
                .put("firstLoad", count.firstLoad())
                .put("lastLoad", count.lastLoad())
                .map();
    }

    /** Nothing of what a row holds, nor a reason that may quote it. */
    private static Map<String, @Nullable Object> json(DeadLetter letter) {
        return new Members()
                .put("feed", letter.feed())
                .put("load", letter.load())
                .put("key", letter.key())
                .put("line", letter.line())
                .put("column", letter.column())
                .put("errorCode", letter.errorCode())
                .map();
    }
}
