package io.caravan.redshift.connection;

import static java.util.Objects.requireNonNull;

import io.caravan.spi.PasswordSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the connections to the warehouse.
 *
 * @param url any URL the Redshift driver takes
 * @param user null where the URL says who connects
 * @param password the source of the password, read for each new connection, since it may change; null if the URL says who
 *     connects
 * @param poolSize most connections at a time; at least 1
 * @param iamRole the role with which Redshift reads data files, or {@code default}; null if rows are staged by INSERT
 * @param stagingRegion the region of the bucket with the data files; null if it is the warehouse's
 */
public record ConnectionSettings(
        String url,
        @Nullable String user,
        @Nullable PasswordSource password,
        int poolSize,
        @Nullable String iamRole,
        @Nullable String stagingRegion) {

    public ConnectionSettings {
        requireNonNull(url, "url");
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is " + poolSize);
        }
    }

    /** Has the bucket with the data files in the warehouse's region. */
    public ConnectionSettings(
            String url,
            @Nullable String user,
            @Nullable PasswordSource password,
            int poolSize,
            @Nullable String iamRole) {
        this(url, user, password, poolSize, iamRole, null);
    }

    /** Takes a password that does not change. */
    public ConnectionSettings(
            String url, @Nullable String user, String password, int poolSize, @Nullable String iamRole) {
        this(url, user, () -> password, poolSize, iamRole);
    }

    /** Leaves out the password, and the URL, which may hold one. */
    @Override
    public String toString() {
        return "ConnectionSettings[user=" + user + ", poolSize=" + poolSize + "]";
    }
}
