package io.caravan.redshift.connection;

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
 * Closing such a connection does not return it: the load keeps it.
 */
public final class LoadDataSource implements PlainDataSource {

    /** What a thread is given, and whether it has asked for it. */
    private static final class Loan {

        private final Connection connection;
        private boolean isTaken;

        Loan(Connection connection) {
            this.connection = connection;
        }

        Connection take() {
            isTaken = true;
            return connection;
        }
    }

    private final Map<Thread, Loan> loans = new ConcurrentHashMap<>();

    /** Runs code to which this data source gives the connection; returns whether the code has requested it. */
    public boolean with(Connection connection, Runnable action) {
        Loan loan = new Loan(connection);
        loans.put(Thread.currentThread(), loan);
        try {
            action.run();
        } finally {
            loans.remove(Thread.currentThread());
        }
        return loan.isTaken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        @Nullable Loan loan = loans.get(Thread.currentThread());
        if (loan == null) {
            throw new SQLException("jdbc:load is there only for a feed's preSql and postSql");
        }
        Connection connection = loan.take();
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
