package io.caravan.redshift.connection;

import io.caravan.redshift.sql.SessionSql;
import io.caravan.spi.PasswordSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Connects by the driver, outside any pool, each time with the current password. Its text shows no secret.
 *
 * <p>The time zone of each session is UTC. Otherwise the driver would set the JVM's zone, or ALTER USER the user's. By the
 * session's zone Redshift <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html">converts</a>
 * between TIMESTAMP and TIMESTAMPTZ, computes {@code GETDATE()} and writes times as text.
 */
final class Login implements PlainDataSource {

    /** <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Invalid authorization</a>. */
    private static final String REFUSED = "28";

    /**
     * Of what stands twice in a URL the driver takes the last, and the URL before properties. Redshift does not plan a
     * prepared statement anew when a table has been dropped and made again ("could not open relation with OID"), so none may
     * outlive its use.
     */
    private static final String ALWAYS = ";enableStatementCache=false";

    private final String url;
    private final Properties properties;
    private final @Nullable PasswordSource password;
    private volatile int timeoutSeconds;

    /**
     * Connects to nothing yet.
     *
     * @param properties the driver's, without user and password
     */
    public Login(ConnectionSettings settings, Properties properties) {
        this.url = settings.url() + ALWAYS;
        this.password = settings.password();
        this.properties = new Properties();
        this.properties.putAll(properties);
        if (settings.user() != null) {
            this.properties.setProperty("user", settings.user());
        }
    }

    /** If the known password is refused, and there may be a newer one, tries once more. */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            return connect();
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state == null || !state.startsWith(REFUSED) || password == null || !password.wasRefused()) {
                throw e;
            }
            return connect();
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.putAll(properties);
        if (password != null) {
            login.setProperty("password", password.get());
        }
        Connection connection = DriverManager.getConnection(url, login);
        try {
            Jdbc.execute(connection, SessionSql.setTimeZone());
            return connection;
        } catch (SQLException e) {
            close(connection, e);
            throw e;
        }
    }

    /** The first failure is the one to tell of. */
    private static void close(Connection connection, SQLException failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Changes nothing for the driver, which has a time-out of its own; the pool uses this time to wait for its threads when
     * it is closed.
     */
    @Override
    public void setLoginTimeout(int seconds) {
        timeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return timeoutSeconds;
    }

    @Override
    public String toString() {
        return "warehouse";
    }
}
