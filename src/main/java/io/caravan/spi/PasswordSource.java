package io.caravan.spi;

/** The source of the warehouse user's password. Safe for use by several threads. */
@FunctionalInterface
public interface PasswordSource {

    /**
     * Returns the current password.
     *
     * @throws io.caravan.base.InvalidConfigurationException if it cannot be read until somebody changes the configuration
     * @throws io.caravan.base.RetryableException if it cannot be read at the moment
     */
    String get();

    /** Notes that the warehouse has refused the password. Returns whether {@link #get} may return another one at once. */
    default boolean wasRefused() {
        return false;
    }
}
