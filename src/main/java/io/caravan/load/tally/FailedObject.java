package io.caravan.load.tally;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;

/** An object that did not load although others could, and why. */
public record FailedObject(ObjectVersion object, CaravanException reason) {

    public FailedObject {
        requireNonNull(object, "object");
        requireNonNull(reason, "reason");
    }
}
