package io.caravan.load.ledger;

import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.StagingSession;
import java.util.List;

/**
 * Tells the objects of a load that have the bytes of one that is loaded: under their own key, which is nothing new, or under
 * another one.
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

    /** Returns whether only its bytes can tell whether the object is what was loaded last under its key. */
    boolean mayBeLoaded(ObjectVersion object);

    /** Returns whether the object's bytes are those loaded last under its key. */
    boolean isLoaded(ObjectVersion object, ContentHash hash);

    /** Finds of the objects that are to be loaded those whose bytes are loaded under another key, or are those of one before. */
    void findElsewhere(StagingSession session, List<ObjectTally> tallies);
}
