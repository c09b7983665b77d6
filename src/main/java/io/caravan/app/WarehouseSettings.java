package io.caravan.app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How to reach the warehouse.
 *
 * @param url any JDBC URL that the Redshift driver takes; may hold credentials
 * @param user null if the URL says who connects
 * @param password null if the URL says how to log in
 * @param poolSize most connections at a time; at least 1
 */
public record WarehouseSettings(String url, @Nullable String user, @Nullable Secret password, int poolSize) {

    public WarehouseSettings {
        requireNonNull(url, "url");
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is less than 1: " + poolSize);
        }
    }

    /** Returns the URL for people, with what is secret in it masked. */
    public String maskedUrl() {
        return MaskedUri.of(url);
    }

    @Override
    public String toString() {
        return "WarehouseSettings[url=" + maskedUrl() + ", user=" + user + ", password=" + password + ", poolSize="
                + poolSize + "]";
    }
}
