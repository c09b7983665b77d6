package io.caravan.app.monitor;

import io.caravan.app.camel.FeedParameter;
import io.caravan.app.history.EventKind;
import io.caravan.app.history.LoadProgress;
import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.status.FeedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One feed: how it is, its loads, what does not load, and its settings. */
final class FeedPage implements Page {

    private static final int MOST_LOADS = 20;
    private static final int MOST_SET_ASIDE = 100;
    private static final int MOST_EVENTS = 10;

    private final MonitorSource source;

    FeedPage(MonitorSource source) {
        this.source = source;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        String name = request.path().get(request.path().size() - 1);
        FeedStatus feed = source.feeds().stream()
                .filter(status -> status.feed().equals(name))
                .findFirst()
                .orElseThrow(() -> new WebRefusal(WebResponse.NOT_FOUND, "There is no such feed here"));
        Instant now = source.now();
        State state = State.of(feed, source.history());
        List<LoadProgress> running = source.history().running().stream()
                .filter(load -> load.feed().equals(name))
                .toList();
        List<RememberedLoad> last = source.history().last(name, null, FeedsPage.STRIP);
        List<PastLoad> loads =
                last.stream().limit(MOST_LOADS).map(RememberedLoad::load).toList();
        List<FeedParameter> settings = source.settings(name);
        Html live = Html.all(
                facts(feed, state),
                failure(feed),
                feed.missingSince() == null
                        ? null
                        : PageParts.note(
                                "bad",
                                "No object has arrived, although one was due at ",
                                PageParts.time(feed.missingSince())),
                running.isEmpty()
                        ? null
                        : PageParts.section(
                                "running",
                                "Running",
                                PageParts.load(running.get(0).id()),
                                PageParts.progress(running.get(0), now)),
                PageParts.section(
                        "loads",
                        "Loads",
                        last.isEmpty() ? null : FeedsPage.strip(last),
                        PageParts.loads(loads, false),
                        more(name)),
                setAside(feed),
                incomplete(feed),
                PageParts.section(
                        "events",
                        "What happened besides",
                        TimelinePage.list(source.history()
                                .events(
                                        event -> name.equals(event.feed()) && event.kind() != EventKind.LOAD,
                                        null,
                                        MOST_EVENTS)),
                        Href.of("timeline").with("feed", name).link("All of it")),
                settings.isEmpty() ? null : PageParts.section("settings", "Settings in force", settings(settings)));
        Members json = FeedsPage.json(feed, state)
                .put("file", source.fileOf(name))
                .put(
                        "target",
                        source.feed(name)
                                .map(found -> found.target().toString())
                                .orElse(null))
                .put(
                        "running",
                        running.stream()
                                .map(load -> PageParts.json(load, now).map())
                                .toList())
                .put(
                        "loads",
                        loads.stream().map(load -> PageParts.json(load).map()).toList())
                .put(
                        "setAside",
                        feed.setAside().stream()
                                .limit(MOST_SET_ASIDE)
                                .map(FeedPage::json)
                                .toList())
                .put("settings", settings.stream().map(FeedPage::json).toList());
        return new Shown(
                name, json.map(), ActForms.of(visitor, token, name, null, null, null, null), live, !running.isEmpty());
    }

    private Html facts(FeedStatus feed, State state) {
        Optional<Feed> known = source.feed(feed.feed());
        return PageParts.facts(
                "State",
                state.badge(),
                "From",
                known.map(one -> Html.text(one.place().uris())).orElse(Html.text("—")),
                "Into",
                known.map(one -> Html.text(one.target())).orElse(Html.text("—")),
                "Waiting",
                Href.of("objects")
                        .with("feed", feed.feed())
                        .link(
                                PageParts.number(feed.backlog().objects()),
                                feed.backlog().objects() == 1 ? " object" : " objects"),
                "Oldest waits since",
                PageParts.time(feed.backlog().oldest()),
                "Newest object",
                PageParts.time(feed.newestObject()),
                "Next try",
                PageParts.time(feed.nextTry()),
                "Dealt with all",
                PageParts.time(feed.lastGood()),
                "Rejected rows since the start",
                PageParts.count(feed.rejectedRows(), Href.of("dead-letters").with("feed", feed.feed())),
                "File",
                Html.text(String.valueOf(source.fileOf(feed.feed()))));
    }

    private static Html failure(FeedStatus feed) {
        if (!feed.isFailing()) {
            return Html.NONE;
        }
        return PageParts.note(
                "bad",
                feed.isStopped() ? "Stopped since " : "Nothing loads since ",
                PageParts.time(feed.failingSince()),
                ": ",
                PageParts.code(
                        feed.errorCode() == null ? null : feed.errorCode().name()),
                " ",
                String.valueOf(feed.error()));
    }

    private static Html more(String feed) {
        return Href.of("loads").with("feed", feed).link("All loads of this feed");
    }

    private static Html setAside(FeedStatus feed) {
        if (feed.setAside().isEmpty()) {
            return Html.NONE;
        }
        Grid grid = new Grid(
                "Objects that are set aside",
                Grid.Column.text("Object"),
                Grid.Column.text("Why"),
                Grid.Column.number("Failures"),
                Grid.Column.text("Next try"));
        feed.setAside().stream()
                .limit(MOST_SET_ASIDE)
                .forEach(aside -> grid.add(
                        PageParts.object(feed.feed(), aside.object().key()),
                        Html.all(
                                PageParts.code(
                                        aside.errorCode() == null
                                                ? null
                                                : aside.errorCode().name()),
                                " ",
                                aside.error() == null ? "from before the start" : aside.error()),
                        PageParts.count(aside.failures(), Href.of("timeline").with("feed", feed.feed())),
                        PageParts.time(aside.nextTry())));
        return PageParts.section("aside", "Set aside", grid.html());
    }

    private static Html incomplete(FeedStatus feed) {
        if (feed.incomplete().isEmpty()) {
            return Html.NONE;
        }
        List<Html> lines = new ArrayList<>();
        feed.incomplete().stream().limit(MOST_SET_ASIDE).forEach(folder -> lines.add(Html.el("li", folder.text())));
        return PageParts.section("incomplete", "Folders that wait", Html.el("ul", lines));
    }

    private static Html settings(List<FeedParameter> settings) {
        return Html.all(
                settings(
                        "From the feed's file",
                        settings.stream().filter(FeedParameter::isOwn).toList()),
                Html.el(
                        "details",
                        Html.el("summary", "Defaults of the template"),
                        settings(
                                "Defaults of the template",
                                settings.stream()
                                        .filter(setting -> !setting.isOwn())
                                        .toList())));
    }

    private static Html settings(String caption, List<FeedParameter> settings) {
        Grid grid = new Grid(caption, Grid.Column.text("Parameter"), Grid.Column.text("Value"));
        settings.forEach(setting -> grid.add(
                Html.el("code", setting.name()), setting.value().isEmpty() ? "—" : Html.el("code", setting.value())));
        return grid.html();
    }

    private static Map<String, @Nullable Object> json(FeedParameter setting) {
        return new Members()
                .put("name", setting.name())
                .put("value", setting.value())
                .put("isOwn", setting.isOwn())
                .map();
    }

    static Map<String, @Nullable Object> json(ObjectSetAside aside) {
        return new Members()
                .put("key", aside.object().key())
                .put(
                        "errorCode",
                        aside.errorCode() == null ? null : aside.errorCode().name())
                .put("error", aside.error())
                .put("failures", aside.failures())
                .put("nextTry", aside.nextTry())
                .map();
    }
}
