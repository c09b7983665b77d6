package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadRecord;

/** How a load ends, once its objects have been read. Used by one thread. */
interface Ending {

    /** Does what {@link Load#commit} says, of objects that have been read. */
    LoadRecord commit(LoadScripts scripts);

    /** Returns what the run history says of the load if it fails now. */
    LoadRecord failed(CaravanException reason);

    /** Tells whom it concerns that the load is committed. */
    void tell(LoadRecord load);
}
