package io.caravan.spi;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where it is kept what feeds remember of the rows they loaded; to lose it is harmless. Safe for use by several threads.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the store cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface RememberedFiles {

    /** Opens what a feed has left; empty if there is nothing. */
    Optional<InputStream> open(String feed);

    /**
     * Keeps something in place of what the feed has left.
     *
     * @param sizeBytes its size
     * @param content opens it; may be asked again
     */
    void write(String feed, long sizeBytes, Supplier<InputStream> content);
}
