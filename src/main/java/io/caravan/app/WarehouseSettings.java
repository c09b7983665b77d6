package io.caravan.app;

import static java.util.Objects.requireNonNull;

import io.caravan.s3.SecretPassword;
import io.caravan.spi.PasswordSource;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the warehouse.
 *
 * @param url any JDBC URL that the Redshift driver takes; may hold credentials
 * @param user null if the URL says who connects
 * @param password null if the URL says how to log in
 * @param passwordFile holds the password in place of the one before; null if there is none
 * @param passwordSecret the name of the secret that does so; null if there is none
 * @param poolSize most connections at a time; at least 1
 */
public record WarehouseSettings(
        String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable PasswordFile passwordFile,
        @Nullable String passwordSecret,
        int poolSize) {

    public WarehouseSettings {
        requireNonNull(url, "url");
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is less than 1: " + poolSize);
        }
    }

    /** Holds settings with a password that stays, or none. */
    public WarehouseSettings(String url, @Nullable String user, @Nullable Secret password, int poolSize) {
        this(url, user, password, null, null, poolSize);
    }

    /** Returns where the password comes from, each time that it is needed; empty if the URL says how to log in. */
    public Optional<PasswordSource> passwordSource() {
        PasswordFile file = passwordFile;
        Secret fixed = password;
        if (file != null) {
            return Optional.of(() -> file.read().value());
        }
        if (passwordSecret != null) {
            return Optional.of(new SecretPassword(passwordSecret, Clock.systemUTC()));
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
                + passwordFile + ", passwordSecret=" + passwordSecret + ", poolSize=" + poolSize + "]";
    }
}
