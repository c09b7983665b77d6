package io.caravan.app.monitor;

import static io.caravan.app.html.Html.el;

import io.caravan.app.history.LoadHistory;
import io.caravan.app.history.RememberedLoad;
import io.caravan.app.html.Attribute;
import io.caravan.app.html.Html;
import io.caravan.app.html.Svg;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.status.FeedStatus;
import java.util.List;

/** How a feed or a load is: a word, a shape and a colour. What went well in part only is not shown as well. */
enum State {
    UP_TO_DATE("up to date", Look.GOOD),
    LOADED("loaded", Look.GOOD),
    UNCHANGED("unchanged", Look.GOOD),
    PARTLY("partly loaded", Look.PART),
    WITH_REJECTED("with rejected rows", Look.PART),
    SET_ASIDE("objects set aside", Look.PART),
    INCOMPLETE("waits for the rest", Look.PART),
    MISSING("object missing", Look.PART),
    REJECTED("rejected", Look.BAD),
    FAILED("failed", Look.BAD),
    FAILING("failing", Look.BAD),
    STOPPED("stopped", Look.BAD),
    LOADING("loading", Look.RUNNING),
    WAITING("waiting", Look.IDLE),
    STANDBY("another replica", Look.IDLE),
    STARTING("starting", Look.IDLE),
    REARMED("rearmed", Look.NOTE),
    SKIPPED("skipped", Look.NOTE),
    SUPERSEDED("superseded", Look.NOTE),
    REPLAYED("replayed", Look.NOTE);

    /** What states have in common to the eye. */
    private enum Look {
        GOOD("good", "M6 1a5 5 0 1 0 .01 0z"),
        PART("part", "M6 .8L11.6 11H.4z"),
        BAD("bad", "M1.2 1.2h9.6v9.6H1.2z"),
        RUNNING("running", "M2.5 1l8 5-8 5z"),
        IDLE("idle", "M6 1a5 5 0 1 0 .01 0zM6 3a3 3 0 1 1-.01 0z"),
        NOTE("note", "M6 .4L11.6 6 6 11.6.4 6z");

        private final String css;
        private final String shape;

        Look(String css, String shape) {
            this.css = css;
            this.shape = shape;
        }
    }

    private final String word;
    private final Look look;

    State(String word, Look look) {
        this.word = word;
        this.look = look;
    }

    String word() {
        return word;
    }

    String css() {
        return look.css;
    }

    /** Returns whether somebody should look. */
    boolean needsLook() {
        return look == Look.BAD || look == Look.PART;
    }

    /** Returns how soon somebody should: the least first. */
    int urgency() {
        return switch (look) {
            case BAD -> 0;
            case PART -> 1;
            case RUNNING, IDLE, GOOD, NOTE -> 2;
        };
    }

    /** Returns it for the eye. */
    Html badge() {
        return el("span", Attribute.css("state " + look.css), Svg.sign(look.css, look.shape), " ", word);
    }

    /** Returns how a load came out. */
    static State of(PastLoad load) {
        return switch (load.outcome()) {
            case LOADED -> load.hasRejected() ? PARTLY : LOADED;
            case REPLAYED -> load.hasRejected() ? PARTLY : REPLAYED;
            case UNCHANGED, SUPERSEDED, REJECTED, FAILED, SKIPPED, REARMED -> of(load.outcome(), 0);
        };
    }

    /**
     * Returns what became of an object.
     *
     * @param rejected how many of its rows were rejected
     */
    static State of(Outcome outcome, long rejected) {
        return switch (outcome) {
            case LOADED -> rejected > 0 ? PARTLY : LOADED;
            case UNCHANGED -> UNCHANGED;
            case SUPERSEDED -> SUPERSEDED;
            case REJECTED -> REJECTED;
            case FAILED -> FAILED;
            case SKIPPED -> SKIPPED;
            case REARMED -> REARMED;
            case REPLAYED -> REPLAYED;
        };
    }

    /** Returns how a feed is. */
    static State of(FeedStatus feed, LoadHistory history) {
        if (!feed.isLeader()) {
            return STANDBY;
        }
        if (feed.isStopped()) {
            return STOPPED;
        }
        if (feed.isFailing()) {
            return FAILING;
        }
        if (history.running().stream().anyMatch(load -> load.feed().equals(feed.feed()))) {
            return LOADING;
        }
        if (!feed.setAside().isEmpty()) {
            return SET_ASIDE;
        }
        List<RememberedLoad> last = history.last(feed.feed(), null, 1);
        if (!last.isEmpty() && State.of(last.get(0).load()).needsLook()) {
            return WITH_REJECTED;
        }
        if (feed.missingSince() != null) {
            return MISSING;
        }
        if (!feed.incomplete().isEmpty()) {
            return INCOMPLETE;
        }
        if (feed.isWaiting() || feed.backlog().objects() > 0) {
            return WAITING;
        }
        return feed.firstPassOver() ? UP_TO_DATE : STARTING;
    }
}
