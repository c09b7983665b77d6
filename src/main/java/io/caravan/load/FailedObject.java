package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;

/** An object that did not load although others could, and why. */
record FailedObject(ObjectVersion object, CaravanException reason) {

    FailedObject {
        requireNonNull(object, "object");
        requireNonNull(reason, "reason");
    }
}
