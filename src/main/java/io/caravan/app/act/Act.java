package io.caravan.app.act;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
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

    /** Returns for people what is meant, without how many. */
    public String text() {
        List<String> which = new ArrayList<>();
        which.add("of feed " + feed);
        if (load != null) {
            which.add("of load " + load);
        }
        if (code != null) {
            which.add("with code " + code);
        }
        if (column != null) {
            which.add("in column " + column);
        }
        if (key != null) {
            which.add("of object " + key);
        }
        if (prefix != null && !prefix.isEmpty()) {
            which.add("whose keys begin with " + prefix);
        }
        return (kind.isOfDeadLetters() ? "open " : "") + kind.things() + " " + String.join(", ", which);
    }
}
