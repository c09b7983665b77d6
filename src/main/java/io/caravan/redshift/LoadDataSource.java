package io.caravan.redshift;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the connection of the load that runs a feed's own SQL on this thread, so that it is part of the load's transaction.
 * Closing such a connection gives nothing back: it stays the load's.
 */
final class LoadDataSource implements PlainDataSource {

    private final Map<Thread, Connection> connections = new ConcurrentHashMap<>();

    /** Runs something to which this data source gives the connection. */
    void with(Connection connection, Runnable action) {
        connections.put(Thread.currentThread(), connection);
        try {
            action.run();
        } finally {
            connections.remove(Thread.currentThread());
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        @Nullable Connection connection = connections.get(Thread.currentThread());
        if (connection == null) {
            throw new SQLException("jdbc:load is there only for a feed's preSql and postSql");
        }
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> invoke(connection, method, arguments));
    }

    private static @Nullable Object invoke(
            Connection connection, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
