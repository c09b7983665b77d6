package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is done with objects in the store when their load has committed.
 *
 * @param onLoaded with those that are loaded, or need not be
 * @param onRejected with those that were rejected as a whole
 */
public record AfterLoad(ObjectAction onLoaded, ObjectAction onRejected) {

    public static final AfterLoad NOTHING = new AfterLoad(ObjectAction.KEEP, ObjectAction.KEEP);

    public AfterLoad {
        requireNonNull(onLoaded, "onLoaded");
        requireNonNull(onRejected, "onRejected");
    }

    /** Returns whether objects stay as they are, whatever became of them. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** Returns the folders into which objects are moved. */
    public List<String> folders() {
        return Stream.of(onLoaded, onRejected)
                .filter(action -> action.kind() == ObjectAction.Kind.MOVE)
                .map(ObjectAction::name)
                .distinct()
                .toList();
    }
}
