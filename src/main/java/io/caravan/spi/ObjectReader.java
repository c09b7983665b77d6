package io.caravan.spi;

import io.caravan.model.ObjectVersion;
import java.util.Optional;

/** Reads object versions. */
@FunctionalInterface
public interface ObjectReader {

    /**
     * Opens exactly this version.
     *
     * @return its content; empty if this version is no longer there
     */
    Optional<ObjectBody> open(ObjectVersion version);
}
