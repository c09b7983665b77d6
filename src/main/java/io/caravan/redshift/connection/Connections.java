package io.caravan.redshift.connection;

import com.amazon.redshift.RedshiftConnection;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.caravan.model.status.PoolStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The connections to the warehouse: a pool, and connections outside it. */
public final class Connections implements AutoCloseable {

    /** How long the pool tries to connect, and after which whoever waits for a connection in use looks why. */
    private static final Duration STANDARD_WAIT = Duration.ofSeconds(30);

    /** Of the TCP connection, and of all that is said until the login has ended. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(25);

    /**
     * The last resort, against a server that answers TCP and nothing else: it must exceed the longest statement. A network
     * that loses a connection is found out by {@link KeepAliveSocketFactory}.
     */
    private static final Duration SOCKET_TIMEOUT = Duration.ofHours(2);

    /**
     * The idle time after which a connection is closed. Idle connections are not validated, since Redshift Serverless may
     * bill that as use; a connection is validated when it is taken.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-billing.html">Billing</a>
     */
    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);

    /** The driver rounds down to a power of two that fits 32,767 parameters. */
    private static final int ROWS_PER_INSERT = 4096;

    private final Login login;
    private final HikariDataSource pool;

    /** The threads that hold a connection for long. */
    private final Map<Connection, Thread> holders = new ConcurrentHashMap<>();

    /** The driver's connections that were held, as long as there are any. */
    private final Set<Object> held = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public Connections(ConnectionSettings settings) {
        this(settings, STANDARD_WAIT);
    }

    public Connections(ConnectionSettings settings, Duration wait) {
        this.login = new Login(settings, driverProperties());
        HikariConfig config = new HikariConfig();
        config.setPoolName("warehouse");
        config.setDataSource(login);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(wait.toMillis());
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setKeepaliveTime(0);
        config.setAutoCommit(false);
        // The process starts while the warehouse is away; the feeds say so and try again.
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    private static Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "caravan");
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(LOGIN_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        properties.setProperty("socketFactory", KeepAliveSocketFactory.class.getName());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("reWriteBatchedInsertsSize", Integer.toString(ROWS_PER_INSERT));
        // Nothing large is fetched, and the buffer has a history of leaks.
        properties.setProperty("enableFetchRingBuffer", "false");
        return properties;
    }

    /**
     * Takes a connection of the pool as soon as one is free; a long wait is no failure.
     *
     * @throws SQLException if the warehouse refuses connections, or the thread is interrupted
     */
    Connection fromPool() throws SQLException {
        while (true) {
            if (holders.containsValue(Thread.currentThread()) && areAllInUse()) {
                // If all that hold one waited for another, they would wait for ever.
                return pastPool();
            }
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                if (!areAllInUse()) {
                    throw e;
                }
            }
        }
    }

    private Connection pastPool() throws SQLException {
        Connection connection = direct();
        connection.setAutoCommit(false);
        return connection;
    }

    private boolean areAllInUse() {
        return !pool.isClosed() && pool.getHikariPoolMXBean().getActiveConnections() >= pool.getMaximumPoolSize();
    }

    /** Takes a connection of the pool for a long time. */
    public Held hold() throws SQLException {
        Connection connection = fromPool();
        boolean wasHeld = !held.add(connection.unwrap(RedshiftConnection.class));
        holders.put(connection, Thread.currentThread());
        return new Held(connection, wasHeld, false);
    }

    /** A connection of the pool that a thread holds while it may need a second one. */
    public final class Held implements AutoCloseable {

        private final Connection connection;
        private final boolean wasHeld;
        private final boolean isLent;

        private Held(Connection connection, boolean wasHeld, boolean isLent) {
            this.connection = connection;
            this.wasHeld = wasHeld;
            this.isLent = isLent;
        }

        /** Returns the same connection for one of several tasks: whoever closes or discards it then leaves it to the next. */
        public Held lent() {
            return new Held(connection, true, true);
        }

        /** Returns whether it was held before: its session may have what somebody has left there. */
        public boolean wasHeld() {
            return wasHeld;
        }

        public Connection connection() {
            return connection;
        }

        /** Removes the connection from the pool, and closes it; for a connection that has failed. */
        public void discard() {
            if (!isLent) {
                holders.remove(connection);
                pool.evictConnection(connection);
            }
        }

        @Override
        public void close() throws SQLException {
            if (!isLent) {
                holders.remove(connection);
                connection.close();
            }
        }
    }

    /** Connects outside the pool, which would retry for its whole time-out before it reports a failure. */
    public Connection direct() throws SQLException {
        return login.getConnection();
    }

    public PoolStatus pool() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new PoolStatus(
                now.getActiveConnections(),
                now.getIdleConnections(),
                now.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
