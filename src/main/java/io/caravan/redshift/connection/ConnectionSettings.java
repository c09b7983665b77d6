package io.caravan.redshift.connection;

import static java.util.Objects.requireNonNull;

import io.caravan.spi.PasswordSource;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the warehouse.
 *
 * @param url any URL the Redshift driver takes
 * @param user null where the URL says who connects
 * @param password asked for each new connection, so that it may be another one each time; null likewise
 * @param poolSize most connections at a time; at least 1
 * @param iamRole the role with which Redshift reads data files, or {@code default}; null if rows are staged by INSERT
 */
public record ConnectionSettings(
        String url, @Nullable String user, @Nullable PasswordSource password, int poolSize, @Nullable String iamRole) {

    public ConnectionSettings {
        requireNonNull(url, "url");
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is " + poolSize);
        }
    }

    /** Takes a password that stays. */
    public ConnectionSettings(
            String url, @Nullable String user, String password, int poolSize, @Nullable String iamRole) {
        this(url, user, () -> password, poolSize, iamRole);
    }

    /** Returns nothing of the password, and nothing of the URL, which may hold one. */
    @Override
    public String toString() {
        return "ConnectionSettings[user=" + user + ", poolSize=" + poolSize + "]";
    }
}
