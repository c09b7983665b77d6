package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRequest;
import io.caravan.model.ledger.PastLoad;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads that are over, of one feed or of all, page by page as far back as the run history goes. */
final class LoadsPage implements Page {

    private static final int MOST = 50;

    private final MonitorSource source;
    private final Questions questions;

    LoadsPage(MonitorSource source, Questions questions) {
        this.source = source;
        this.questions = questions;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        @Nullable String feed = request.query("feed").orElse(null);
        @Nullable String before = request.query("before").orElse(null);
        List<PastLoad> loads = source.history().last(feed, before, MOST).stream()
                .map(RememberedLoad::load)
                .toList();
        Question question = new Question(Question.Kind.LOADS, feed, before, null);
        @Nullable List<PastLoad> answer = questions.list(question, PastLoad.class);
        boolean isWhole = loads.size() >= MOST;
        if (!isWhole && answer != null) {
            loads = answer;
        }
        @Nullable
        String last = loads.isEmpty() ? null : loads.get(loads.size() - 1).id();
        Html live = Html.all(
                feed == null ? null : el("p", css("hint quiet"), "Of feed ", PageParts.feed(feed)),
                PageParts.loads(loads, feed == null),
                isWhole || answer != null
                        ? older(feed, last)
                        : questions.status(question, token, "Older loads are not in memory."));
        return new Shown(
                feed == null ? "Loads" : "Loads of " + feed,
                new Members()
                        .put("feed", feed)
                        .put(
                                "loads",
                                loads.stream()
                                        .map(load -> PageParts.json(load).map())
                                        .toList())
                        .put("before", last)
                        .map(),
                Html.NONE,
                live,
                questions.find(question).filter(Answers.Answer::isOpen).isPresent());
    }

    private static Html older(@Nullable String feed, @Nullable String last) {
        return last == null
                ? Html.NONE
                : el(
                        "p",
                        css("pages"),
                        Href.of("loads").with("feed", feed).with("before", last).link("Older loads"));
    }
}
