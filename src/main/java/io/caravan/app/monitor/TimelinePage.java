package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.history.EventKind;
import io.caravan.app.history.PastEvent;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.text.FigureText;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRequest;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that has happened, in one list: loads, retries, schema changes, reloads, elections, acts. */
final class TimelinePage implements Page {

    private static final int MOST = 100;

    private static final Question ACTS = new Question(Question.Kind.ACTS, null, null, null);

    private final MonitorSource source;
    private final Questions questions;

    TimelinePage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        @Nullable String feed = request.query("feed").orElse(null);
        Optional<EventKind> kind = request.query("kind").flatMap(EventKind::parse);
        int before = Numbers.of(request.query("before"), 0, Integer.MAX_VALUE);
        List<PastEvent> events = source.history()
                .events(
                        event -> (feed == null || feed.equals(event.feed()))
                                && (kind.isEmpty() || kind.get() == event.kind()),
                        before == 0 ? null : (long) before,
                        MOST);
        @Nullable List<PastAct> acts = questions.list(ACTS, PastAct.class);
        Html older = events.size() < MOST
                ? Html.NONE
                : el(
                        "p",
                        css("pages"),
                        Href.of("timeline")
                                .with("feed", feed)
                                .with("kind", kind.map(EventKind::text).orElse(null))
                                .with("before", events.get(events.size() - 1).number())
                                .link("Older"));
        return new Shown(
                "Timeline",
                new Members()
                        .put("feed", feed)
                        .put("kind", kind.map(EventKind::text).orElse(null))
                        .put("events", events.stream().map(TimelinePage::json).toList())
                        .put(
                                "acts",
                                acts == null
                                        ? null
                                        : acts.stream().map(TimelinePage::json).toList())
                        .map(),
                form(feed, kind),
                Html.all(full(events), older, kind.filter(EventKind.ACT::equals).isEmpty() ? null : acts(acts, token)),
                !source.history().running().isEmpty()
                        || questions.find(ACTS).filter(Answers.Answer::isOpen).isPresent());
    }

    private static Html form(@Nullable String feed, Optional<EventKind> kind) {
        List<Html> kinds = new ArrayList<>();
        kinds.add(el("option", attr("value", ""), "all"));
        for (EventKind one : EventKind.values()) {
            kinds.add(el(
                    "option",
                    attr("value", one.text()),
                    kind.filter(chosen -> chosen == one).isPresent() ? attr("selected", "selected") : null,
                    one.text()));
        }
        return el(
                "form",
                css("filters"),
                attr("method", "get"),
                attr("action", "/timeline"),
                attr("role", "search"),
                el("label", attr("for", "feed"), "Feed"),
                el("input", attr("id", "feed"), attr("name", "feed"), attr("value", feed == null ? "" : feed)),
                el("label", attr("for", "kind"), "Kind"),
                el("select", attr("id", "kind"), attr("name", "kind"), kinds),
                el("button", attr("type", "submit"), "Show"));
    }

    /** What commands and other replicas have noted. */
    private Html acts(@Nullable List<PastAct> acts, String token) {
        Grid grid = new Grid(
                "What people have done, the last first",
                Grid.Column.text("When"),
                Grid.Column.text("By"),
                Grid.Column.text("Feed"),
                Grid.Column.text("What"));
        if (acts != null) {
            acts.forEach(act -> grid.add(
                    PageParts.time(act.at()),
                    act.by(),
                    act.feed() == null ? "—" : PageParts.feed(act.feed()),
                    act.what()));
        }
        return PageParts.section(
                "acts",
                "In the ledger",
                questions.status(ACTS, token, "What commands and other replicas have done is in the warehouse."),
                acts == null ? null : grid.isEmpty() ? PageParts.note("quiet", "Nothing.") : grid.html());
    }

    private static Map<String, @Nullable Object> json(PastAct act) {
        return new Members()
                .put("at", act.at())
                .put("by", act.by())
                .put("kind", act.kind())
                .put("feed", act.feed())
                .put("things", act.things())
                .put("what", act.what())
                .map();
    }

    private Html full(List<PastEvent> events) {
        return events.isEmpty()
                ? PageParts.note("quiet", "Nothing of the kind has happened since the start.")
                : el(
                        "ol",
                        css("timeline"),
                        events.stream().map(event -> line(event, load(event))).toList());
    }

    private @Nullable PastLoad load(PastEvent event) {
        return event.load() == null
                ? null
                : source.history().find(event.load()).map(found -> found.load()).orElse(null);
    }

    /** Returns events, without the counts of loads. */
    static Html list(List<PastEvent> events) {
        return events.isEmpty()
                ? PageParts.note("quiet", "Nothing since the start.")
                : el(
                        "ol",
                        css("timeline"),
                        events.stream().map(event -> line(event, null)).toList());
    }

    private static Html line(PastEvent event, @Nullable PastLoad load) {
        String look =
                switch (event.kind()) {
                    case LOAD ->
                        load == null
                                ? event.code() == null ? "note" : "bad"
                                : State.of(load).css();
                    case FEED_FAILED -> "bad";
                    case RETRY, SET_ASIDE, MISSING -> "part";
                    case FEED_RECOVERED -> "good";
                    case RELOAD, NOTIFICATIONS -> event.code() == null ? "note" : "bad";
                    case SCHEMA, ELECTION, ACT, START -> "note";
                };
        return el(
                "li",
                css(look),
                el("span", css("when"), PageParts.time(event.at())),
                el("span", css("kind"), event.kind().text()),
                el("span", css("what"), what(event, load)));
    }

    private static Html what(PastEvent event, @Nullable PastLoad load) {
        return Html.all(
                event.feed() == null ? null : PageParts.feed(event.feed()),
                event.feed() == null ? null : " ",
                event.load() == null
                        ? null
                        : Href.of("loads", event.load())
                                .link(
                                        load == null
                                                ? Html.text("load")
                                                : State.of(load).badge()),
                event.load() == null ? null : " ",
                PageParts.code(event.code()),
                event.code() == null ? null : " ",
                load == null || load.error() != null
                        ? event.text()
                        : el("a", css("count"), attr("href", Href.of("loads", load.id())), counts(load)));
    }

    private static String counts(PastLoad load) {
        return FigureText.number(load.objects()) + (load.objects() == 1 ? " object, " : " objects, ")
                + FigureText.number(load.counts().read()) + " read, "
                + FigureText.number(load.counts().inserted()) + " inserted, "
                + FigureText.number(load.counts().updated()) + " updated, "
                + FigureText.number(load.counts().rejected()) + " rejected";
    }

    private static Map<String, @Nullable Object> json(PastEvent event) {
        return new Members()
                .put("number", event.number())
                .put("at", event.at())
                .put("kind", event.kind().text())
                .put("feed", event.feed())
                .put("load", event.load())
                .put("errorCode", event.code())
                .put("text", event.text())
                .map();
    }
}
