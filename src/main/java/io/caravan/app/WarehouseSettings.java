package io.caravan.app;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the warehouse.
 *
 * @param url any JDBC URL that the Redshift driver takes; may hold credentials
 * @param user null if the URL says who connects
 * @param password null if the URL says how to log in
 * @param passwordFile holds the password in place of the one before; null if there is none
 * @param poolSize most connections at a time; at least 1
 */
public record WarehouseSettings(
        String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable PasswordFile passwordFile,
        int poolSize) {

    public WarehouseSettings {
        requireNonNull(url, "url");
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is less than 1: " + poolSize);
        }
    }

    /** Holds settings without a password file. */
    public WarehouseSettings(String url, @Nullable String user, @Nullable Secret password, int poolSize) {
        this(url, user, password, null, poolSize);
    }

    /** Returns where the password comes from, each time that it is needed; empty if the URL says how to log in. */
    public Optional<Supplier<String>> passwordSource() {
        PasswordFile file = passwordFile;
        Secret fixed = password;
        if (file != null) {
            return Optional.of(() -> file.read().value());
        }
        return fixed == null ? Optional.empty() : Optional.of(fixed::value);
    }

    /** Returns the URL for people, with what is secret in it masked. */
    public String maskedUrl() {
        return MaskedUri.of(url);
    }

    @Override
    public String toString() {
        return "WarehouseSettings[url=" + maskedUrl() + ", user=" + user + ", password=" + password + ", passwordFile="
                + passwordFile + ", poolSize=" + poolSize + "]";
    }
}
