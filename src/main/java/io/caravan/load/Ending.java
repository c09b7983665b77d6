package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadRecord;

/** The end of a load, once its objects have been read. Used by one thread. */
interface Ending {

    /** Implements {@link Load#commit} for objects that have been read. */
    LoadRecord commit(LoadScripts scripts);

    /** Returns the load's entry in the run history if it fails now. */
    LoadRecord failed(CaravanException reason);

    /** Notifies the interested classes that the load is committed. */
    void tell(LoadRecord load);
}
