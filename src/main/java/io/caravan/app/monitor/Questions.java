package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Html;
import io.caravan.app.monitor.Answers.Answer;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.table.TableName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the warehouse what people want to know of it, and has the answers. Safe for use by several threads. */
final class Questions implements AutoCloseable {

    /** What a page can show. */
    static final int MOST = 200;

    /** Of each effect in a preview. */
    private static final int MOST_ROWS = 20;

    /** Objects of a load; it has no more by default. */
    private static final int MOST_OBJECTS = 1_000;

    /**
     * Dead letters.
     *
     * @param counts how many there are, by feed, error code, column and status
     * @param last the last of them
     */
    record Letters(List<DeadLetterCount> counts, List<DeadLetter> last) {

        Letters {
            counts = List.copyOf(counts);
            last = List.copyOf(last);
        }
    }

    private final MonitorSource source;
    private final LoadPreviewing previewing;
    private final Answers answers;

    Questions(MonitorSource source, LoadPreviewing previewing, Clock clock) {
        this.previewing = previewing;
        this.source = source;
        this.answers = new Answers(clock);
    }

    void ask(Question question) {
        answers.ask(question.toString(), () -> answer(question));
    }

    Optional<Answer> find(Question question) {
        return answers.find(question.toString());
    }

    /** Returns the answer, if there is one, as what is asked for by its kind. */
    <T> @Nullable T value(Question question, Class<T> type) {
        return find(question)
                .map(Answer::value)
                .filter(type::isInstance)
                .map(type::cast)
                .orElse(null);
    }

    /** Returns the answer, if there is one, as the list that is asked for by its kind; null if there is none. */
    <T> @Nullable List<T> list(Question question, Class<T> type) {
        @Nullable List<?> answer = value(question, List.class);
        return answer == null
                ? null
                : answer.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Object answer(Question question) throws Exception {
        return switch (question.kind()) {
            case LOAD -> load(String.valueOf(question.load()));
            case LOADS -> loads(question);
            case OBJECTS -> objects(question);
            case LETTERS -> letters(question);
            case ACTS -> acts();
            case PREVIEW -> previewing.preview(String.valueOf(question.feed()), question.key(), MOST_ROWS);
        };
    }

    private List<RememberedLoad> load(String id) {
        List<PastLoad> found = new ArrayList<>();
        source.ledger().readLoads(LoadFilter.ofId(id), 1, found::add);
        List<RememberedLoad> whole = new ArrayList<>();
        for (PastLoad load : found) {
            List<PastObject> objects = new ArrayList<>();
            source.ledger().readObjects(TableName.parse(load.target()), load.id(), MOST_OBJECTS, objects::add);
            whole.add(new RememberedLoad(load, objects));
        }
        return whole;
    }

    private List<PastLoad> loads(Question question) {
        List<PastLoad> found = new ArrayList<>();
        source.ledger().readLoads(new LoadFilter(null, question.feed(), null, question.load()), MOST, found::add);
        return found;
    }

    private List<ObjectState> objects(Question question) {
        FeedEntries entries = source.entries(String.valueOf(question.feed()));
        List<ObjectState> found = new ArrayList<>();
        source.ledger().read(new ObjectFilter(entries, null, null, question.key(), null, null), true, MOST, found::add);
        return found;
    }

    private List<PastAct> acts() {
        List<PastAct> found = new ArrayList<>();
        source.ledger().readActs(MOST, found::add);
        return found;
    }

    private Letters letters(Question question) {
        @Nullable String feed = question.feed();
        DeadLetterFilter filter = new DeadLetterFilter(
                        feed == null ? null : source.entries(feed),
                        question.load(),
                        question.key(),
                        null,
                        null,
                        question.code(),
                        null)
                .inColumn(question.column());
        List<DeadLetterCount> counts = new ArrayList<>();
        source.deadLetters().count(filter, counts::add);
        List<DeadLetter> last = new ArrayList<>();
        source.deadLetters().read(filter.open(), MOST, last::add);
        return new Letters(counts, last);
    }

    /** Returns how a question gets on, with what asks it if nobody has. */
    Html status(Question question, String token, String what) {
        Optional<Answer> answer = find(question);
        if (answer.isPresent() && answer.get().isOpen()) {
            return PageParts.note(
                    "running",
                    "The warehouse is being asked since ",
                    PageParts.time(answer.get().at()));
        }
        if (answer.isPresent() && answer.get().error() == null) {
            return PageParts.note(
                    "quiet",
                    "As the warehouse has said at ",
                    PageParts.time(answer.get().at()),
                    ".");
        }
        @Nullable String error = answer.map(Answer::error).orElse(null);
        return el(
                "form",
                css("ask"),
                attr("method", "post"),
                attr("action", "/ask"),
                field("what", question.kind().text()),
                field("feed", question.feed()),
                field("load", question.load()),
                field("key", question.key()),
                field("code", question.code()),
                field("column", question.column()),
                field("token", token),
                error == null ? null : PageParts.note("bad", "The warehouse did not answer: ", error),
                el(
                        "p",
                        what,
                        " Asking wakes the warehouse, which may cost something; the answer is kept for 5 minutes."),
                el("button", attr("type", "submit"), "Ask the warehouse"));
    }

    private static Html field(String name, @Nullable String value) {
        return value == null
                ? Html.NONE
                : el("input", attr("type", "hidden"), attr("name", name), attr("value", value));
    }

    @Override
    public void close() {
        answers.close();
    }
}
