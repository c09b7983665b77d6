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

    /**
     * Begins to read exactly this version, for a caller that will read all of it. Here nothing is read before it is opened.
     *
     * @param maxBytes the most bytes, as stored, that may be in memory before they are asked for; positive
     */
    default Ahead readAhead(ObjectVersion version, int maxBytes) {
        return () -> open(version);
    }

    /** An object version that may be in memory, as far as that may be, before it is asked for; it holds no connection. */
    @FunctionalInterface
    interface Ahead extends AutoCloseable {

        /** Opens it, once, as {@link ObjectReader#open} does; failures of what was read show only here and behind. */
        Optional<ObjectBody> open();

        /** Reads no more, unless it has been opened. */
        @Override
        default void close() {}
    }
}
