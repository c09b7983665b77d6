package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.history.FoundObject;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.status.FeedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects of a feed, by a part of their keys: not seen, waiting, set aside, or what which load said of them. */
final class ObjectsPage implements Page {

    private static final int MOST = 100;

    private final MonitorSource source;
    private final Questions questions;

    ObjectsPage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    /** An object, and what is known of it. */
    private record Row(
            String key,
            State state,
            String feed,
            @Nullable String load,
            @Nullable String code,
            @Nullable String error,
            @Nullable Long read,
            @Nullable Long rejected,
            @Nullable Instant at) {}

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        @Nullable String feed = request.query("feed").orElse(null);
        String key = request.query("key").orElse("");
        List<Row> rows = new ArrayList<>();
        boolean isFeed = feed == null;
        for (FeedStatus status : source.feeds()) {
            if (feed == null || status.feed().equals(feed)) {
                isFeed = true;
                addWaiting(status, key, rows);
            }
        }
        if (!isFeed && source.history().last(feed, null, 1).isEmpty()) {
            throw new WebRefusal(WebResponse.NOT_FOUND, "There is no such feed here");
        }
        for (FoundObject found : source.history()
                .findObjects(feed, object -> object.object().key().contains(key), MOST)) {
            rows.add(new Row(
                    found.object().object().key(),
                    State.of(found.object().outcome(), found.object().counts().rejected()),
                    found.load().feed(),
                    found.load().id(),
                    found.object().errorCode(),
                    found.object().error(),
                    found.object().counts().read(),
                    found.object().counts().rejected(),
                    found.load().ended()));
        }
        List<Row> shown = rows.stream().limit(MOST).toList();
        @Nullable
        Question question = feed == null || key.isEmpty() ? null : new Question(Question.Kind.OBJECTS, feed, null, key);
        String verdict = verdict(feed, key, shown);
        Html live = Html.all(
                verdict.isEmpty() ? null : PageParts.note("quiet", verdict),
                table(shown, feed == null),
                question == null ? null : asked(question, token));
        return new Shown(
                "Objects",
                new Members()
                        .put("feed", feed)
                        .put("key", key)
                        .put("verdict", verdict)
                        .put("objects", shown.stream().map(ObjectsPage::json).toList())
                        .put("asked", question == null ? null : answers(question))
                        .map(),
                Html.all(
                        form(feed, key),
                        ActForms.of(visitor, token, feed, null, null, null, key.isEmpty() ? null : key)),
                live,
                question != null
                        && questions
                                .find(question)
                                .filter(Answers.Answer::isOpen)
                                .isPresent());
    }

    private void addWaiting(FeedStatus status, String key, List<Row> rows) {
        for (ObjectSetAside aside : status.setAside()) {
            if (aside.object().key().contains(key)) {
                rows.add(row(
                        status.feed(),
                        aside.object(),
                        State.SET_ASIDE,
                        aside.errorCode() == null ? null : aside.errorCode().name(),
                        aside.error()));
            }
        }
        List<ObjectVersion> setAside =
                status.setAside().stream().map(ObjectSetAside::object).toList();
        source.waiting(status.feed(), object -> object.key().contains(key) && !setAside.contains(object), MOST)
                .forEach(object -> rows.add(row(status.feed(), object, State.WAITING, null, null)));
    }

    private static Row row(
            String feed, ObjectVersion object, State state, @Nullable String code, @Nullable String error) {
        return new Row(object.key(), state, feed, null, code, error, null, null, object.lastModified());
    }

    /** Says what is known of one key of which nothing is shown. */
    private String verdict(@Nullable String feed, String key, List<Row> rows) {
        if (!rows.isEmpty()) {
            return rows.size() >= MOST ? "The first " + MOST + " are shown; write more of the key." : "";
        }
        if (key.isEmpty()) {
            return "Nothing waits, and no load is remembered.";
        }
        Optional<Boolean> isKnown = feed == null ? Optional.empty() : source.isKnown(feed, key);
        if (isKnown.isEmpty()) {
            return "Nothing of it is in memory.";
        }
        return isKnown.get()
                ? "The ledger knows this key; by which load it was dealt with, the warehouse can say."
                : "Not seen: no listing has found this key, and the ledger does not know it.";
    }

    private Html form(@Nullable String feed, String key) {
        return el(
                "form",
                css("filters"),
                attr("method", "get"),
                attr("action", "/objects"),
                attr("role", "search"),
                el("label", attr("for", "feed"), "Feed"),
                el("input", attr("id", "feed"), attr("name", "feed"), attr("value", feed == null ? "" : feed)),
                el("label", attr("for", "key"), "Key, or a part of it"),
                el(
                        "input",
                        attr("id", "key"),
                        attr("name", "key"),
                        attr("type", "search"),
                        css("wide"),
                        attr("value", key)),
                el("button", attr("type", "submit"), "Search"));
    }

    private static Html table(List<Row> rows, boolean withFeed) {
        if (rows.isEmpty()) {
            return Html.NONE;
        }
        Grid grid = new Grid(
                "Objects",
                Grid.Column.text("Object"),
                Grid.Column.text("State"),
                Grid.Column.text(withFeed ? "Feed" : "Load"),
                Grid.Column.number("Read"),
                Grid.Column.number("Rejected"),
                Grid.Column.text("When"));
        for (Row row : rows) {
            grid.add(
                    PageParts.object(row.feed(), row.key()),
                    Html.all(
                            row.state().badge(),
                            row.code() == null ? null : " ",
                            PageParts.code(row.code()),
                            row.error() == null ? null : el("p", row.error())),
                    withFeed ? PageParts.feed(row.feed()) : row.load() == null ? "—" : PageParts.load(row.load()),
                    row.read() == null ? "—" : PageParts.count(row.read(), load(row.load())),
                    row.rejected() == null
                            ? "—"
                            : PageParts.count(row.rejected(), letters(row.feed(), row.load(), row.key())),
                    row.load() == null
                            ? PageParts.time(row.at())
                            : Href.of("loads", row.load()).link(PageParts.time(row.at())));
        }
        return grid.html();
    }

    private static @Nullable Href load(@Nullable String load) {
        return load == null ? null : Href.of("loads", load);
    }

    private static Href letters(String feed, @Nullable String load, String key) {
        return Href.of("dead-letters").with("feed", feed).with("load", load).with("key", key);
    }

    private Html asked(Question question, String token) {
        List<ObjectState> states = states(question);
        Grid grid = new Grid(
                "What the ledger says",
                Grid.Column.text("Object"),
                Grid.Column.text("State"),
                Grid.Column.text("Load"),
                Grid.Column.number("Read"),
                Grid.Column.number("Rejected"),
                Grid.Column.text("When"));
        states.forEach(state -> grid.add(
                PageParts.object(state.feed(), state.key()),
                Html.all(
                        State.of(state.outcome(), state.rejected()).badge(),
                        " ",
                        PageParts.code(state.errorCode()),
                        state.error() == null ? null : el("p", state.error())),
                PageParts.load(state.load()),
                PageParts.count(state.read(), load(state.load())),
                PageParts.count(state.rejected(), letters(state.feed(), state.load(), state.key())),
                PageParts.time(state.at())));
        return PageParts.section(
                "ledger",
                "In the ledger",
                questions.status(
                        question,
                        token,
                        "All that the ledger says of objects whose keys begin so is in the warehouse."),
                grid.isEmpty() ? null : grid.html());
    }

    private List<ObjectState> states(Question question) {
        @Nullable List<ObjectState> answer = questions.list(question, ObjectState.class);
        return answer == null ? List.of() : answer;
    }

    private @Nullable Object answers(Question question) {
        return questions.list(question, ObjectState.class) == null
                ? null
                : states(question).stream()
                        .map(state -> new Members()
                                .put("key", state.key())
                                .put("outcome", state.outcome().text())
                                .put("load", state.load())
                                .put("at", state.at())
                                .put("errorCode", state.errorCode())
                                .map())
                        .toList();
    }

    private static Map<String, @Nullable Object> json(Row row) {
        return new Members()
                .put("key", row.key())
                .put("state", row.state().word())
                .put("feed", row.feed())
                .put("load", row.load())
                .put("errorCode", row.code())
                .put("error", row.error())
                .put("read", row.read())
                .put("rejected", row.rejected())
                .put("at", row.at())
                .map();
    }
}
