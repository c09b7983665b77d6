package io.caravan.app.act;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.ObjectFilter;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with all that it fits; what is null excludes none.
 *
 * @param kind what
 * @param feed name of the feed
 * @param load of dead letters: id of the load that rejected them
 * @param code of dead letters: name of an error code
 * @param column of dead letters: name of the column whose value is to blame
 * @param key object key
 * @param prefix of objects: what their keys begin with
 */
public record Act(
        ActKind kind,
        String feed,
        @Nullable String load,
        @Nullable String code,
        @Nullable String column,
        @Nullable String key,
        @Nullable String prefix) {

    public Act {
        requireNonNull(kind, "kind");
        requireNonNull(feed, "feed");
    }

    /** Returns whether it says which objects are meant; those of a whole feed are meant by an empty prefix alone. */
    public boolean isChosen() {
        return kind.isOfDeadLetters() || key != null || prefix != null;
    }

    /** Returns the dead letters that are meant; of an act with objects, theirs. */
    public DeadLetterFilter letters() {
        return new DeadLetterFilter(FeedEntries.named(feed), load, key, null, null, code, null).inColumn(column);
    }

    /** Returns the objects that are meant, without the feed. */
    public ObjectFilter objects() {
        return new ObjectFilter(null, null, key, prefix, null, null);
    }

    /** Returns for people what is meant, without how many. */
    public String text() {
        return kind.text(
                feed, kind.isOfDeadLetters() ? letters().text() : objects().text());
    }
}
