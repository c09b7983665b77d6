package io.caravan.spi;

/** Where the password of the warehouse's user comes from. Safe for use by several threads. */
@FunctionalInterface
public interface PasswordSource {

    /**
     * Returns the password as it is now.
     *
     * @throws io.caravan.base.InvalidConfigurationException if it cannot be had before somebody changes something
     * @throws io.caravan.base.RetryableException if it cannot be had at the moment
     */
    String get();

    /** Says that the warehouse has refused it. Returns whether {@link #get} may return another one at once. */
    default boolean wasRefused() {
        return false;
    }
}
