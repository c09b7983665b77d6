package io.caravan.prove;

import io.caravan.prove.Findings.NotHere;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Where assumptions are tried: a schema and a prefix of its own, of which nothing is left when it is closed. */
final class Ground implements AutoCloseable {

    /** Longer than any single statement takes, shorter than what anybody would wait for. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

    private final Environment environment;
    private final String name;
    private final Leftovers leftovers = new Leftovers();
    private final List<Session> sessions = new ArrayList<>();
    private final ExecutorService others = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "beside");
        thread.setDaemon(true);
        return thread;
    });
    private final Loads loads;
    private volatile boolean ending;

    /**
     * Makes nothing yet.
     *
     * @param name of the schema and of the prefix: lower-case letters, digits and underscores; unique
     */
    Ground(Environment environment, String name) {
        this.environment = environment;
        this.name = name;
        this.loads = new Loads(this);
    }

    /** Makes the schema; the first thing that the warehouse is asked for. */
    void open() throws SQLException {
        try (Session session = connect()) {
            leftovers.promise("schema " + name, () -> {
                try (Session last = connectToRemove()) {
                    last.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
                }
            });
            session.execute("CREATE SCHEMA " + name);
        }
    }

    Environment environment() {
        return environment;
    }

    /** Returns the name of the schema. */
    String schema() {
        return name;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    /** Returns Caravan's own loads into this schema. */
    Loads loads() {
        return loads;
    }

    /** Connects as Caravan does; the session is closed with the assumption that has asked for it, at the latest. */
    Session connect() throws SQLException {
        return track(environment.connect(""));
    }

    /** Connects with more options of the driver's. */
    Session connectWith(String options) throws SQLException {
        return track(environment.connect(options));
    }

    /** Connects as another user. */
    Session connectAs(String user, String password) throws SQLException {
        return track(environment.connect("", user, password));
    }

    /** Connects for those who remove what was made; others may not connect any more. */
    Session connectToRemove() throws SQLException {
        Session session = new Session(environment.connect(""));
        session.execute("SET statement_timeout TO " + 2 * STATEMENT_TIMEOUT.toMillis());
        return session;
    }

    private Session track(Connection connection) throws SQLException {
        Session session = Session.withPid(connection);
        synchronized (sessions) {
            if (ending) {
                connection.close();
                throw new SQLException("the run is being ended", "57P01");
            }
            sessions.add(session);
        }
        // A lock that never comes must not hang anything, here or in the warehouse.
        session.execute("SET statement_timeout TO " + STATEMENT_TIMEOUT.toMillis());
        return session;
    }

    /** Does something beside what the caller does. */
    <T> Future<T> beside(Callable<T> task) {
        return others.submit(task);
    }

    /** Ends the sessions of the assumption that is over, whatever they do. */
    void endSessions() {
        List<Session> mine;
        synchronized (sessions) {
            mine = List.copyOf(sessions);
            sessions.clear();
        }
        for (Session session : mine) {
            try {
                if (!session.connection().isClosed()) {
                    terminate(session);
                    // Closes the socket, and waits for nobody.
                    session.connection().abort(Runnable::run);
                }
            } catch (SQLException e) {
                // It is gone.
            }
        }
    }

    /** A server may not notice that a client is gone as long as a statement waits for a lock. */
    private void terminate(Session session) {
        try (Connection connection = environment.connect("");
                Session killer = new Session(connection)) {
            killer.execute("SELECT pg_terminate_backend(" + session.pid() + ")");
        } catch (SQLException e) {
            // Then its statement_timeout ends it.
        }
    }

    /** Returns files in the staging bucket, with a prefix for this purpose. */
    StagedFiles files(String purpose) throws NotHere {
        if (!environment.hasBucket()) {
            throw new NotHere("there is no CARAVAN_STAGING_BUCKET");
        }
        StagedFiles files = new StagedFiles(
                environment.s3(),
                environment.bucket(),
                environment.get("CARAVAN_STAGING_PREFIX").orElse("") + name + "/" + purpose + "/");
        leftovers.promise("s3://" + environment.bucket() + "/" + files.prefix(), () -> {
            try (files) {
                files.deleteAll();
            }
        });
        return files;
    }

    /** Returns the role with which COPY reads. */
    String role() throws NotHere {
        if (!environment.hasRole()) {
            throw new NotHere("CARAVAN_STAGING_BUCKET and CARAVAN_STAGING_IAM_ROLE are needed for COPY");
        }
        return environment.role();
    }

    /** Returns the role as COPY has it. */
    String roleClause() throws NotHere {
        return role().equals("default") ? "IAM_ROLE default" : "IAM_ROLE '" + role() + "'";
    }

    /** Removes all, and returns what could not be removed. */
    List<String> remove() {
        // What still runs, as a statement that is being cancelled, must not make anything anew.
        ending = true;
        endSessions();
        return leftovers.remove();
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
