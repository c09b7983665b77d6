package io.caravan.redshift;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** The connections to the warehouse: a pool, and a way past it. */
final class Connections implements AutoCloseable {

    /** A dropped network flow must not hang a load for ever; the longest statement must still fit. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofHours(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Firewalls of the cloud cut a flow that was silent for 350 seconds. */
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

    /** The driver rounds down to a power of two that fits 32,767 parameters. */
    private static final int ROWS_PER_INSERT = 4096;

    private final String url;
    private final Properties properties = new Properties();
    private final HikariDataSource pool;

    Connections(ConnectionSettings settings) {
        this.url = settings.url();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", "caravan");
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("reWriteBatchedInsertsSize", Integer.toString(ROWS_PER_INSERT));
        // Nothing large is fetched, and the buffer has a history of leaks.
        properties.setProperty("enableFetchRingBuffer", "false");

        HikariConfig config = new HikariConfig();
        config.setPoolName("warehouse");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setAutoCommit(false);
        // The process starts while the warehouse is away; the feeds say so and try again.
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    Connection fromPool() throws SQLException {
        return pool.getConnection();
    }

    /** Connects past the pool, which would try for its whole time-out before it says why not. */
    Connection direct() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
