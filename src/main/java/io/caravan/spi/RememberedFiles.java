package io.caravan.spi;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store of the files in which feeds remember their loaded rows; losing a file is harmless. Safe for use by several
 * threads.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the store cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface RememberedFiles {

    /** Opens a feed's file; empty if there is none. */
    Optional<InputStream> open(String feed);

    /**
     * Writes a feed's file, in place of the one before.
     *
     * @param sizeBytes its size
     * @param content opens the content; may be called several times
     */
    void write(String feed, long sizeBytes, Supplier<InputStream> content);
}
