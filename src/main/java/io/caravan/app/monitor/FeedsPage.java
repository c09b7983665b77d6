package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.camel.RouteProblem;
import io.caravan.app.history.LoadProgress;
import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.html.Svg;
import io.caravan.app.text.FigureText;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRequest;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.ReloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All feeds: those that need a look first. */
final class FeedsPage implements Page {

    /** Loads that a strip has room for. */
    static final int STRIP = 30;

    private static final int MOST_FEEDS = 100;

    /** Nobody has to search among so few. */
    private static final int FEW_FEEDS = 12;

    private final MonitorSource source;

    FeedsPage(MonitorSource source) {
        this.source = source;
    }

    /** A feed, and how it is. */
    private record Row(FeedStatus status, State state) {}

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        Instant now = source.now();
        String wanted = request.query("find").orElse("");
        boolean onlyUrgent = request.query("show").filter("attention"::equals).isPresent();
        int from = Numbers.of(request.query("from"), 0, Integer.MAX_VALUE);
        List<Row> all = source.feeds().stream()
                .map(feed -> new Row(feed, State.of(feed, source.history())))
                .sorted(Comparator.<Row>comparingInt(row -> row.state().urgency())
                        .thenComparing(row -> row.status().feed()))
                .toList();
        List<Row> chosen = all.stream()
                .filter(row -> !onlyUrgent || row.state().needsLook())
                .filter(row -> row.status().feed().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                .toList();
        List<Row> shown = chosen.stream().skip(from).limit(MOST_FEEDS).toList();
        List<LoadProgress> running = source.history().running();
        long urgent = all.stream().filter(row -> row.state().needsLook()).count();
        Html live = Html.all(
                summary(all.size(), urgent, running.size(), onlyUrgent),
                systems(),
                running.isEmpty() ? null : running(running, now),
                feeds(shown, now),
                pages(request, chosen.size(), from));
        return new Shown(
                "Feeds",
                json(shown, all.size(), urgent, now),
                all.size() > FEW_FEEDS || !wanted.isEmpty() ? filters(wanted, onlyUrgent) : Html.NONE,
                live,
                !running.isEmpty());
    }

    private static Html filters(String wanted, boolean onlyUrgent) {
        return el(
                "form",
                css("filters"),
                attr("method", "get"),
                attr("action", "/"),
                attr("role", "search"),
                el("label", attr("for", "find"), "Feed"),
                el("input", attr("id", "find"), attr("name", "find"), attr("type", "search"), attr("value", wanted)),
                el("label", attr("for", "show"), "Show"),
                el(
                        "select",
                        attr("id", "show"),
                        attr("name", "show"),
                        el("option", attr("value", ""), onlyUrgent ? null : attr("selected", "selected"), "all"),
                        el(
                                "option",
                                attr("value", "attention"),
                                onlyUrgent ? attr("selected", "selected") : null,
                                "those that need a look")),
                el("button", attr("type", "submit"), "Show"));
    }

    private static Html summary(int feeds, long urgent, int running, boolean onlyUrgent) {
        return el(
                "p",
                css("summary"),
                onlyUrgent
                        ? Href.of().link(el("b", FigureText.number(feeds)), " feeds in all")
                        : Html.all(el("b", FigureText.number(feeds)), feeds == 1 ? " feed" : " feeds"),
                el("span", css("sep"), "·"),
                urgent == 0
                        ? el("span", css("calm"), "none needs a look")
                        : Href.of()
                                .with("show", "attention")
                                .link(
                                        el("b", FigureText.number(urgent)),
                                        urgent == 1 ? " needs a look" : " need a look"),
                el("span", css("sep"), "·"),
                el("b", PageParts.count(running, "#running")),
                running == 1 ? " load runs" : " loads run");
    }

    private Html systems() {
        List<Html> lines = new ArrayList<>();
        for (Map.Entry<String, Contact> system : source.systems().entrySet()) {
            Contact seen = system.getValue();
            if (seen.awaySince() != null) {
                lines.add(PageParts.note(
                        "bad",
                        system.getKey() + " cannot be reached since ",
                        PageParts.time(seen.awaySince()),
                        ": ",
                        PageParts.code(String.valueOf(seen.errorCode())),
                        " ",
                        String.valueOf(seen.error())));
            }
        }
        ReloadStatus reload = source.reload();
        if (!reload.isCurrent()) {
            lines.add(PageParts.note(
                    "bad",
                    "Changed route files are refused since ",
                    PageParts.time(reload.refusedSince()),
                    "; what ran before goes on."));
        }
        for (RouteProblem problem : source.problems()) {
            lines.add(PageParts.note("bad", PageParts.code(problem.code().name()), " ", problem.text()));
        }
        return Html.all(lines);
    }

    private static Html running(List<LoadProgress> running, Instant now) {
        return PageParts.section(
                "running",
                "Running",
                running.stream()
                        .map(load -> el(
                                "div",
                                css("running-row"),
                                el("p", PageParts.feed(load.feed()), " ", PageParts.load(load.id())),
                                PageParts.progress(load, now)))
                        .toList());
    }

    private Html feeds(List<Row> rows, Instant now) {
        Grid grid = new Grid(
                "Feeds, those that need a look first",
                Grid.Column.text("Feed"),
                Grid.Column.text("State"),
                Grid.Column.number("Waiting"),
                Grid.Column.text("Oldest waits since"),
                Grid.Column.text("Last load"),
                Grid.Column.number("Rows today"),
                Grid.Column.number("Rejected"),
                Grid.Column.number("Last " + STRIP + " loads"));
        for (Row row : rows) {
            FeedStatus feed = row.status();
            List<RememberedLoad> last = source.history().last(feed.feed(), null, STRIP);
            grid.add(
                    Href.of("feeds", feed.feed()).link("feed-" + feed.feed(), Html.text(feed.feed())),
                    Html.all(row.state().badge(), feed.errorCode() == null ? null : " ", code(feed)),
                    feed.isLeader() ? waiting(feed) : "—",
                    PageParts.time(feed.backlog().oldest()),
                    last.isEmpty() ? "—" : lastLoad(last.get(0).load()),
                    PageParts.count(
                            rowsToday(feed.feed(), now), Href.of("loads").with("feed", feed.feed())),
                    PageParts.count(feed.rejectedRows(), Href.of("dead-letters").with("feed", feed.feed())),
                    strip(last));
        }
        return grid.isEmpty() ? PageParts.note("quiet", "No feed is shown.") : grid.html();
    }

    private static Html waiting(FeedStatus feed) {
        return PageParts.count(feed.backlog().objects(), Href.of("objects").with("feed", feed.feed()));
    }

    private static Html code(FeedStatus feed) {
        return PageParts.code(feed.errorCode() == null ? null : feed.errorCode().name());
    }

    private static Html lastLoad(PastLoad load) {
        return Href.of("loads", load.id()).link(PageParts.time(load.ended()));
    }

    /** Returns a picture of loads, the last one at the right: how long they took, and how they came out. */
    static Html strip(List<RememberedLoad> last) {
        if (last.isEmpty()) {
            return Html.text("—");
        }
        List<Svg.Bar> bars = new ArrayList<>();
        int bad = 0;
        int part = 0;
        for (int i = last.size() - 1; i >= 0; i--) {
            PastLoad load = last.get(i).load();
            State state = State.of(load);
            bad += state.urgency() == 0 ? 1 : 0;
            part += state.urgency() == 1 ? 1 : 0;
            bars.add(new Svg.Bar(
                    state.css(), Duration.between(load.started(), load.ended()).toMillis(), state.needsLook()));
        }
        return Svg.strip(bars, last.size() + " loads, " + bad + " failed or rejected, " + part + " with rejected rows");
    }

    /** Returns how many rows have been written since midnight, as far as loads are remembered. */
    private long rowsToday(String feed, Instant now) {
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
        long rows = 0;
        for (RememberedLoad load : source.history().last(feed, null, Integer.MAX_VALUE)) {
            if (load.load().ended().isBefore(midnight)) {
                break;
            }
            rows += load.load().counts().inserted()
                    + load.load().counts().updated()
                    + load.load().counts().deleted();
        }
        return rows;
    }

    private static Html pages(WebRequest request, int count, int from) {
        if (count <= MOST_FEEDS) {
            return Html.NONE;
        }
        return el(
                "p",
                css("pages"),
                from > 0 ? page(request, Math.max(0, from - MOST_FEEDS)).link("Previous") : null,
                " ",
                FigureText.number(from + 1L) + " to " + FigureText.number(Math.min(count, from + MOST_FEEDS)) + " of "
                        + FigureText.number(count),
                " ",
                from + MOST_FEEDS < count ? page(request, from + MOST_FEEDS).link("Next") : null);
    }

    private static Href page(WebRequest request, int from) {
        return Href.of()
                .with("find", request.query("find").orElse(null))
                .with("show", request.query("show").orElse(null))
                .with("from", from == 0 ? null : from);
    }

    private Map<String, @Nullable Object> json(List<Row> rows, int feeds, long urgent, Instant now) {
        ReloadStatus reload = source.reload();
        return new Members()
                .put("version", source.version())
                .put("started", source.started())
                .put("now", now)
                .put("feeds", feeds)
                .put("needLook", urgent)
                .put(
                        "systems",
                        source.systems().entrySet().stream()
                                .map(system -> new Members()
                                        .put("system", system.getKey())
                                        .put("reachable", system.getValue().isReachable())
                                        .put("awaySince", system.getValue().awaySince())
                                        .map())
                                .toList())
                .put("routesRefusedSince", reload.refusedSince())
                .put(
                        "running",
                        source.history().running().stream()
                                .map(load -> PageParts.json(load, now).map())
                                .toList())
                .put("shown", rows.stream().map(row -> json(row, now).map()).toList())
                .map();
    }

    private Members json(Row row, Instant now) {
        List<RememberedLoad> last = source.history().last(row.status().feed(), null, 1);
        return json(row.status(), row.state())
                .put("rowsToday", rowsToday(row.status().feed(), now))
                .put("lastLoad", last.isEmpty() ? null : last.get(0).load().id());
    }

    static Members json(FeedStatus feed, State state) {
        return new Members()
                .put("feed", feed.feed())
                .put("state", state.word())
                .put("role", feed.role().text())
                .put("waitingObjects", feed.backlog().objects())
                .put("waitingBytes", feed.backlog().bytes())
                .put("oldestWaiting", feed.backlog().oldest())
                .put("newestObject", feed.newestObject())
                .put("missingSince", feed.missingSince())
                .put("lastSuccess", feed.lastGood())
                .put("failingSince", feed.failingSince())
                .put(
                        "errorCode",
                        feed.errorCode() == null ? null : feed.errorCode().name())
                .put("error", feed.error())
                .put("nextTry", feed.nextTry())
                .put("rejectedRows", feed.rejectedRows())
                .put("rejectedObjects", feed.rejectedObjects())
                .put("objectsSetAside", feed.setAside().size());
    }
}
