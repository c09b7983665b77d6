package io.caravan.load.tidy;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.ObjectAction;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.ObjectStore;

/**
 * Tags, moves or deletes an object. Each may be done again: what is done already, or has changed or gone, is left as it is. Safe for
 * use by several threads.
 */
record ObjectTidying(ObjectStore store, AfterLoad afterLoad) {

    /**
     * Does with an object what is to be done by its outcome.
     *
     * @throws io.caravan.base.CaravanException if the store refuses, cannot be reached or fails
     */
    void tidy(ObjectVersion object, Outcome outcome) {
        ObjectAction action = outcome.action(afterLoad);
        switch (action.kind()) {
            case KEEP -> {
                // Nothing is to be done.
            }
            case TAG -> store.tag(object, action.name(), action.value());
            case MOVE -> {
                // The copy first: whatever happens in between, the object is somewhere.
                if (store.copy(object, action.name() + object.key())) {
                    store.delete(object);
                }
            }
            case DELETE -> store.delete(object);
        }
    }
}
