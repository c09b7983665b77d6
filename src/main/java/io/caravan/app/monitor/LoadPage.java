package io.caravan.app.monitor;

import io.caravan.app.history.LoadProgress;
import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Grid;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.html.Svg;
import io.caravan.app.text.FigureText;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.PhaseTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One load, under an address that lasts: while it runs, when it is over, and when only the warehouse knows it. */
final class LoadPage implements Page {

    private final MonitorSource source;
    private final Questions questions;

    LoadPage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        String id = request.path().get(request.path().size() - 1);
        if (!LoadIds.isId(id)) {
            throw new WebRefusal(WebResponse.NOT_FOUND, "No load has such an id");
        }
        Optional<LoadProgress> running = source.history().findRunning(id);
        if (running.isPresent()) {
            return running(running.get());
        }
        Question question = Question.load(id);
        Optional<RememberedLoad> load = find(id, question);
        return load.isPresent() ? over(load.get(), question, visitor, token) : unknown(id, question, token);
    }

    /** What the warehouse has said has the objects, too. */
    private Optional<RememberedLoad> find(String id, Question question) {
        @Nullable List<RememberedLoad> answer = questions.list(question, RememberedLoad.class);
        Optional<RememberedLoad> asked =
                answer == null ? Optional.empty() : answer.stream().findFirst();
        Optional<RememberedLoad> known = source.history().find(id);
        return known.filter(load -> load.objects() != null).or(() -> asked).or(() -> known);
    }

    private Shown running(LoadProgress load) {
        Instant now = source.now();
        Html live = Html.all(
                PageParts.facts(
                        "State",
                        State.LOADING.badge(),
                        "Feed",
                        PageParts.feed(load.feed()),
                        "Began",
                        PageParts.time(load.started())),
                PageParts.progress(load, now),
                load.current() == null
                        ? null
                        : Html.el(
                                "p",
                                "Reads ",
                                PageParts.object(load.feed(), load.current().key())));
        return new Shown(
                "Load " + load.id(),
                new Members()
                        .put("load", load.id())
                        .put("state", State.LOADING.word())
                        .put("isKnown", true)
                        .put("running", PageParts.json(load, now).map())
                        .put("ended", null)
                        .put("objects", List.of())
                        .map(),
                Html.NONE,
                live,
                true);
    }

    private Shown unknown(String id, Question question, String token) {
        boolean isAsked = questions
                .find(question)
                .filter(answer -> answer.value() != null)
                .isPresent();
        Html live = isAsked
                ? PageParts.note(
                        "quiet",
                        "The warehouse has no load with this id either: a try that failed and was followed by another is"
                                + " not recorded.")
                : questions.status(question, token, "This load is not in memory.");
        return new Shown(
                "Load " + id,
                new Members()
                        .put("load", id)
                        .put("state", null)
                        .put("isKnown", false)
                        .put("running", null)
                        .put("ended", null)
                        .put("objects", List.of())
                        .map(),
                Html.NONE,
                live,
                isOpen(question));
    }

    private boolean isOpen(Question question) {
        return questions.find(question).filter(Answers.Answer::isOpen).isPresent();
    }

    private Shown over(RememberedLoad remembered, Question question, Visitor visitor, String token) {
        PastLoad load = remembered.load();
        @Nullable List<PastObject> objects = remembered.objects();
        State state = State.of(load);
        Html live = Html.all(
                PageParts.facts(
                        "State",
                        state.badge(),
                        "Feed",
                        PageParts.feed(load.feed()),
                        "Into",
                        Html.text(load.target()),
                        "Began",
                        PageParts.time(load.started()),
                        "Ended",
                        PageParts.time(load.ended()),
                        "Took",
                        PageParts.seconds(Duration.between(load.started(), load.ended())),
                        "Objects",
                        PageParts.count(load.objects(), "#objects")),
                load.errorCode() == null && load.error() == null
                        ? null
                        : PageParts.note(
                                "bad", PageParts.code(load.errorCode()), " ", load.error() == null ? "" : load.error()),
                PageParts.section(
                        "rows",
                        "Rows",
                        PageParts.sum(load.counts(), "#objects", PageParts.letters(load)),
                        rejected(load)),
                PageParts.section("phases", "Time", phases(load.times())),
                PageParts.section(
                        "objects",
                        "Objects",
                        objects == null
                                ? questions.status(question, token, "What became of each object is not in memory.")
                                : objects(load, objects)));
        return new Shown(
                "Load " + load.id(),
                json(load, objects),
                ActForms.of(
                        visitor, token, load.counts().rejected() > 0 ? load.feed() : null, load.id(), null, null, null),
                live,
                isOpen(question));
    }

    private static Html rejected(PastLoad load) {
        return load.counts().rejected() == 0
                ? Html.NONE
                : Html.el("p", PageParts.letters(load).link("Dead letters of this load"));
    }

    private static Html phases(PhaseTimes times) {
        return Html.all(
                Svg.stack(
                        List.of(
                                new Svg.Part("phase1", times.reading().toMillis()),
                                new Svg.Part("phase2", times.staging().toMillis()),
                                new Svg.Part("phase3", times.merging().toMillis())),
                        "reading " + FigureText.time(times.reading()) + ", staging " + FigureText.time(times.staging())
                                + ", merging " + FigureText.time(times.merging())),
                PageParts.facts(
                        "Reading",
                        PageParts.seconds(times.reading()),
                        "Staging",
                        PageParts.seconds(times.staging()),
                        "Merging",
                        PageParts.seconds(times.merging())));
    }

    private static Html objects(PastLoad load, List<PastObject> objects) {
        Grid grid = new Grid(
                "Objects of the load",
                Grid.Column.text("Object"),
                Grid.Column.text("State"),
                Grid.Column.number("Size"),
                Grid.Column.number("Read"),
                Grid.Column.number("Inserted"),
                Grid.Column.number("Updated"),
                Grid.Column.number("Unchanged"),
                Grid.Column.number("Superseded"),
                Grid.Column.number("Rejected"));
        for (PastObject object : objects) {
            Href known = Href.of("objects")
                    .with("feed", load.feed())
                    .with("key", object.object().key());
            grid.add(
                    PageParts.object(load.feed(), object.object().key()),
                    Html.all(
                            State.of(object.outcome(), object.counts().rejected())
                                    .badge(),
                            object.errorCode() == null ? null : " ",
                            PageParts.code(object.errorCode()),
                            object.error() == null ? null : Html.el("p", object.error())),
                    FigureText.bytes(object.object().sizeBytes()),
                    PageParts.count(object.counts().read(), known),
                    PageParts.count(object.counts().inserted(), known),
                    PageParts.count(object.counts().updated(), known),
                    PageParts.count(object.counts().unchanged(), known),
                    PageParts.count(object.counts().superseded(), known),
                    PageParts.count(
                            object.counts().rejected(),
                            PageParts.letters(load).with("key", object.object().key())));
        }
        return grid.isEmpty() ? PageParts.note("quiet", "None.") : grid.html();
    }

    private static Map<String, @Nullable Object> json(PastLoad load, @Nullable List<PastObject> objects) {
        Members whole = new Members()
                .put("load", load.id())
                .put("state", State.of(load).word())
                .put("isKnown", true)
                .put("running", null)
                .put("ended", PageParts.json(load).map());
        return whole.put(
                        "objects",
                        objects == null
                                ? null
                                : objects.stream().map(LoadPage::json).toList())
                .map();
    }

    static Map<String, @Nullable Object> json(PastObject object) {
        return new Members()
                .put("bucket", object.object().bucket())
                .put("key", object.object().key())
                .put("etag", object.object().etag())
                .put("sizeBytes", object.object().sizeBytes())
                .put("lastModified", object.object().lastModified())
                .put("outcome", object.outcome().text())
                .put("counts", PageParts.json(object.counts()).map())
                .put("errorCode", object.errorCode())
                .put("error", object.error())
                .put("sameAs", object.sameAs())
                .map();
    }
}
