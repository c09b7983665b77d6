package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.history.LoadProgress;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.html.Svg;
import io.caravan.app.text.FigureText;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.PastLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What several pages show in the same way. */
final class PageParts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageParts() {}

    /** Returns a time in UTC; a script writes beside it how long ago that is. */
    static Html time(@Nullable Instant at) {
        return at == null
                ? Html.text("—")
                : el("time", attr("datetime", at), TIME.format(at), el("span", css("zone"), " UTC"));
    }

    static Html number(long number) {
        return Html.text(FigureText.number(number));
    }

    /** Returns a figure that stands back where it is 0. */
    static Html count(long number) {
        return number == 0 ? el("span", css("zero"), "0") : number(number);
    }

    /**
     * Returns a figure with a link to what it counts; one that counts nothing has none.
     *
     * @param where an address, or a place of the page; null if there is none
     */
    static Html count(long number, @Nullable Object where) {
        return number == 0 || where == null
                ? count(number)
                : el("a", css("count"), attr("href", where), FigureText.number(number));
    }

    static Html seconds(Duration time) {
        return Html.text(FigureText.time(time));
    }

    static Html code(@Nullable String code) {
        return code == null ? Html.NONE : Href.of("codes", code).link(el("code", code));
    }

    static Html feed(String feed) {
        return Href.of("feeds", feed).link(feed);
    }

    static Html load(String id) {
        return Href.of("loads", id).link(el("code", id));
    }

    /** Returns a key, with a link to all that is known of it. */
    static Html object(String feed, String key) {
        return Href.of("objects").with("feed", feed).with("key", key).link(el("span", css("key"), key));
    }

    /** Returns a note that stands apart. */
    static Html note(String kind, Object... content) {
        return el("p", css("hint " + kind), Html.all(content));
    }

    static Html section(String id, String title, @Nullable Object... content) {
        return el("section", attr("aria-labelledby", id), el("h2", attr("id", id), title), Html.all(content));
    }

    /** Returns pairs of a word and what it stands for. */
    static Html facts(Object... pairs) {
        List<Html> facts = new ArrayList<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            facts.add(el("div", el("dt", pairs[i]), el("dd", pairs[i + 1])));
        }
        return el("dl", css("facts"), facts);
    }

    /** Returns how a load that runs gets on; read aloud as it changes. */
    static Html progress(LoadProgress load, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(FigureText.number(load.objectsStarted()) + " of " + FigureText.number(load.objects()) + " objects");
        parts.add(FigureText.bytes(load.bytesRead()) + " of " + FigureText.bytes(load.totalBytes()));
        parts.add(FigureText.number(load.rowsRead()) + " rows");
        parts.add(FigureText.number(load.rowsPerSecond(now)) + " rows/s");
        @Nullable Duration left = load.left(now);
        parts.add(
                load.isRead()
                        ? "read; being staged and merged"
                        : left == null ? "time left not known yet" : FigureText.time(left) + " left");
        String text = String.join(", ", parts);
        return el(
                "div",
                css("running-load"),
                Svg.progress(load.share(), "read so far: " + Math.round(load.share() * 100) + " per cent"),
                el("p", attr("aria-live", "polite"), text));
    }

    /**
     * Returns what became of the records that were read, and whether that is all of them.
     *
     * @param where they are counted by object: a place of the page; null if nowhere
     * @param letters the address of the rejected ones; null if there are none to look at
     */
    static Html sum(LoadCounts counts, @Nullable String where, @Nullable Href letters) {
        Html equation = el(
                "p",
                css("sum"),
                term("read", counts.read(), "total", where),
                el("span", css("op"), "="),
                term("inserted", counts.inserted(), "inserted", where),
                plus(),
                term("updated", counts.updated(), "updated", where),
                plus(),
                term("unchanged", counts.unchanged(), "unchanged", where),
                counts.deleted() == 0 ? null : Html.all(plus(), term("deleted", counts.deleted(), "deleted", where)),
                counts.deletedUnread() == 0
                        ? null
                        : Html.all(
                                el("span", css("op"), "−"),
                                term("deleted without a record", counts.deletedUnread(), "deleted", where)),
                counts.stale() == 0 ? null : Html.all(plus(), term("stale", counts.stale(), "stale", where)),
                plus(),
                term("superseded", counts.superseded(), "superseded", where),
                plus(),
                term("rejected", counts.rejected(), "rejected", letters == null ? where : letters),
                el(
                        "span",
                        css(counts.addUp() ? "adds good" : "adds bad"),
                        counts.addUp() ? "✓ adds up" : "✗ does not add up"));
        return Html.all(
                Svg.stack(
                        List.of(
                                new Svg.Part("inserted", counts.inserted()),
                                new Svg.Part("updated", counts.updated()),
                                new Svg.Part("unchanged", counts.unchanged()),
                                new Svg.Part("deleted", counts.deleted() - counts.deletedUnread()),
                                new Svg.Part("stale", counts.stale()),
                                new Svg.Part("superseded", counts.superseded()),
                                new Svg.Part("rejected", counts.rejected())),
                        "what became of " + FigureText.number(counts.read()) + " records"),
                equation);
    }

    private static Html plus() {
        return el("span", css("op"), "+");
    }

    private static Html term(String name, long count, String css, @Nullable Object where) {
        return el(
                "span",
                css("term " + css + (count == 0 ? " zero" : "")),
                el("b", count(count, where)),
                el("small", name));
    }

    /** Returns loads as a table. */
    static Html loads(List<PastLoad> loads, boolean withFeed) {
        Grid grid = new Grid(
                "Loads, the last one first",
                Grid.Column.text("Ended"),
                Grid.Column.text("State"),
                Grid.Column.text(withFeed ? "Feed" : "Load"),
                Grid.Column.number("Objects"),
                Grid.Column.number("Read"),
                Grid.Column.number("Inserted"),
                Grid.Column.number("Updated"),
                Grid.Column.number("Unchanged"),
                Grid.Column.number("Rejected"),
                Grid.Column.number("Time"));
        for (PastLoad load : loads) {
            Href whole = Href.of("loads", load.id());
            grid.add(
                    whole.link("load-" + load.id(), time(load.ended())),
                    Html.all(State.of(load).badge(), load.errorCode() == null ? null : " ", code(load.errorCode())),
                    withFeed ? feed(load.feed()) : load(load.id()),
                    count(load.objects(), whole + "#objects"),
                    count(load.counts().read(), whole),
                    count(load.counts().inserted(), whole),
                    count(load.counts().updated(), whole),
                    count(load.counts().unchanged(), whole),
                    count(load.counts().rejected(), letters(load)),
                    seconds(Duration.between(load.started(), load.ended())));
        }
        return grid.isEmpty() ? note("quiet", "None.") : grid.html();
    }

    /** Returns the address of a load's dead letters. */
    static Href letters(PastLoad load) {
        return Href.of("dead-letters").with("feed", load.feed()).with("load", load.id());
    }

    static Members json(LoadCounts counts) {
        return new Members()
                .put("read", counts.read())
                .put("inserted", counts.inserted())
                .put("updated", counts.updated())
                .put("unchanged", counts.unchanged())
                .put("deleted", counts.deleted())
                .put("stale", counts.stale())
                .put("superseded", counts.superseded())
                .put("rejected", counts.rejected())
                .put("deletedUnread", counts.deletedUnread());
    }

    static Members json(PastLoad load) {
        return new Members()
                .put("load", load.id())
                .put("feed", load.feed())
                .put("target", load.target())
                .put("state", State.of(load).word())
                .put("outcome", load.outcome().text())
                .put("started", load.started())
                .put("ended", load.ended())
                .put("objects", load.objects())
                .put("counts", json(load.counts()).map())
                .put("addsUp", load.counts().addUp())
                .put("readingSeconds", seconds(load.times().reading().toMillis()))
                .put("stagingSeconds", seconds(load.times().staging().toMillis()))
                .put("mergingSeconds", seconds(load.times().merging().toMillis()))
                .put("errorCode", load.errorCode())
                .put("error", load.error());
    }

    static Members json(LoadProgress load, Instant now) {
        @Nullable Duration left = load.left(now);
        return new Members()
                .put("load", load.id())
                .put("feed", load.feed())
                .put("started", load.started())
                .put("objects", load.objects())
                .put("objectsStarted", load.objectsStarted())
                .put("totalBytes", load.totalBytes())
                .put("bytesRead", load.bytesRead())
                .put("rowsRead", load.rowsRead())
                .put("rowsPerSecond", load.rowsPerSecond(now))
                .put("secondsLeft", left == null ? null : left.toSeconds());
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
