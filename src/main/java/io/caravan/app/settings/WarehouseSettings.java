package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.MaskedUri;
import io.caravan.app.secret.Secret;
import io.caravan.aws.SecretPassword;
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
 * @param poolSize most connections at a time, at least 1; null if the number of feeds decides
 */
public record WarehouseSettings(
        String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable PasswordFile passwordFile,
        @Nullable String passwordSecret,
        @Nullable Integer poolSize) {

    private static final int FEWEST_CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 16;

    public WarehouseSettings {
        requireNonNull(url, "url");
        if (poolSize != null && poolSize < 1) {
            throw new IllegalArgumentException("poolSize is less than 1: " + poolSize);
        }
    }

    /** Holds settings with a password that stays, or none. */
    public WarehouseSettings(String url, @Nullable String user, @Nullable Secret password, @Nullable Integer poolSize) {
        this(url, user, password, null, null, poolSize);
    }

    /**
     * Returns the most connections at a time for so many feeds: each may load while the others do and somebody asks something,
     * unless there are so many that a warehouse would queue their statements anyway.
     */
    public int poolSize(int feeds) {
        return poolSize != null ? poolSize : Math.max(FEWEST_CONNECTIONS, Math.min(feeds + 1, MOST_CONNECTIONS));
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

    /** Returns the part of the URL that tells the warehouse from others, without what says how to connect. */
    public String address() {
        return url.split("[;?]", 2)[0];
    }

    @Override
    public String toString() {
        return "WarehouseSettings[url=" + maskedUrl() + ", user=" + user + ", password=" + password + ", passwordFile="
                + passwordFile + ", passwordSecret=" + passwordSecret + ", poolSize=" + poolSize + "]";
    }
}
