package io.caravan.load.ledger;

import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.StagingSession;
import java.util.List;

/**
 * Finds the objects of a load whose bytes are loaded already: under their own key, so that nothing is new, or under another
 * key.
 */
public interface SameContent {

    /** Nobody looks. */
    SameContent NONE = new SameContent() {
        @Override
        public boolean mayBeLoaded(ObjectVersion object) {
            return false;
        }

        @Override
        public boolean isLoaded(ObjectVersion object, ContentHash hash) {
            return false;
        }

        @Override
        public void findElsewhere(StagingSession session, List<ObjectTally> tallies) {}
    };

    /** Returns whether only the object's bytes can show whether its content is the one loaded last under its key. */
    boolean mayBeLoaded(ObjectVersion object);

    /** Returns whether the object's bytes are those loaded last under its key. */
    boolean isLoaded(ObjectVersion object, ContentHash hash);

    /**
     * Finds the objects to be loaded whose bytes are loaded under another key, or equal those of an earlier object of the
     * load.
     */
    void findElsewhere(StagingSession session, List<ObjectTally> tallies);
}
