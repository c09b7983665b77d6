package io.caravan.sandbox.server;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.sandbox.fault.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a child process, on a loopback port that only the front knows. */
public final class PostgresServer implements AutoCloseable {

    /** PostgreSQL's own administrator, who sets up the catalogue; clients never log in as this. */
    private static final String ADMINISTRATOR = "postgres";

    private final EmbeddedPostgres postgres;
    private final InnerSecret secret;

    /** Asks for passwords, once for each login; null before the first one. */
    private @Nullable Connection passwords;

    public PostgresServer(Path directory, Credentials owner) {
        stopOrphan(directory);
        this.secret = secret(directory);
        this.postgres = start(directory, secret);
        setUp(owner);
        setPassword(owner);
    }

    private static InnerSecret secret(Path directory) {
        Path file = directory.resolveSibling("redshift.secret");
        if (Files.exists(directory) && !Files.exists(file)) {
            // It trusts every user of this machine.
            throw madeByAnother();
        }
        try {
            return new InnerSecret(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot keep a secret in " + file, e);
        }
    }

    /** Returns with which password the front logs in as a user. */
    public String innerPassword(String user) {
        return secret.of(user);
    }

    public int port() {
        return postgres.getPort();
    }

    public Connection connect(String database) throws SQLException {
        return postgres.getDatabase(ADMINISTRATOR, database).getConnection();
    }

    public void createDatabase(String name, Credentials owner) {
        try (Connection connection = connect(ADMINISTRATOR);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\" OWNER " + owner.user());
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot create the database " + name, e);
        }
    }

    /** Sets the password of a user for logins to come; who is in stays in, as with Redshift. */
    public void setPassword(Credentials user) {
        try (Connection connection = connect(ADMINISTRATOR);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER ROLE " + user.user() + " PASSWORD '" + Passwords.hash(user.user(), user.password()) + "'");
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot set a password", e);
        }
    }

    /**
     * Returns the password of a user who may log in now, as {@link Passwords} keeps it. From the first time on it is kept apart, and
     * the user's password at PostgreSQL is one that the front alone knows.
     */
    public synchronized Optional<String> storedPassword(String user) {
        try {
            Connection connection = passwords;
            if (connection == null) {
                connection = connect(ADMINISTRATOR);
                passwords = connection;
            }
            return storedPassword(connection, user);
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot ask for a password", e);
        }
    }

    private Optional<String> storedPassword(Connection connection, String user) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT oid, rolpassword, md5, format('ALTER ROLE %I PASSWORD %L', rolname, ?::text)"
                        + " FROM pg_catalog.pg_authid LEFT JOIN public.sandbox_passwords ON role = oid WHERE rolname = ?"
                        + " AND rolcanlogin AND rolpassword IS NOT NULL AND coalesce(rolvaliduntil > now(), true)")) {
            query.setString(1, secret.of(user));
            query.setString(2, user);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String password = row.getString(2);
                if (password.startsWith("md5")) {
                    keepApart(connection, row.getLong(1), password, row.getString(4));
                    return Optional.of(password);
                }
                return Optional.ofNullable(row.getString(3));
            }
        } catch (SQLException e) {
            forget(connection, e);
            throw e;
        }
    }

    private void forget(Connection connection, SQLException reason) {
        passwords = null;
        try {
            connection.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static void keepApart(Connection connection, long role, String md5, String alter) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement keep = connection.prepareStatement("INSERT INTO public.sandbox_passwords VALUES (?, ?)"
                        + " ON CONFLICT (role) DO UPDATE SET md5 = excluded.md5");
                Statement statement = connection.createStatement()) {
            keep.setLong(1, role);
            keep.setString(2, md5);
            keep.executeUpdate();
            statement.execute(alter);
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    private static EmbeddedPostgres start(Path directory, InnerSecret secret) {
        Path logFile = directory.resolveSibling("redshift.log");
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.to(logFile.toFile());
        try {
            // PostgreSQL refuses a directory that others may read, as one that was copied or unpacked.
            OwnFiles.protect(directory);
            OwnFiles.create(logFile);
            return EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setOverrideWorkingDirectory(binaries(directory))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setErrorRedirector(log)
                    .setOutputRedirector(log)
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF8")
                    // Not about the locale, but options of initdb likewise; the last of --auth counts.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", secret.file().toString())
                    .setConnectConfig("password", secret.text())
                    // Nobody guesses the secret's 256 random bits, so that to make each guess slow would only slow down
                    // logins.
                    .setLocaleConfig("set", "scram_iterations=1")
                    .setServerConfig("scram_iterations", "1")
                    // What a crash of the machine may cost is nothing to a sandbox; a crash of the process costs
                    // nothing.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("wal_level", "minimal")
                    .setServerConfig("max_wal_senders", "0")
                    .setServerConfig("max_wal_size", "4GB")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("work_mem", "64MB")
                    .setServerConfig("jit", "off")
                    .setServerConfig("md5_password_warnings", "off")
                    // A statement can have a password in it, if only as MD5.
                    .setServerConfig("log_min_error_statement", "panic")
                    .setServerConfig("unix_socket_directories", "")
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not start in " + directory + " (see " + logFile
                            + "); where root may not make user namespaces (unshare -U), run as another user",
                    e);
        }
    }

    /**
     * PostgreSQL's programs are unpacked once for each user, not once for each sandbox: where nobody else can put programs of
     * their own. The directory that the library gets it opens to all, so that one above it is closed.
     */
    private static File binaries(Path directory) throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        Path cache = Files.isWritable(home)
                ? OwnFiles.directory(home.resolve(".cache").resolve("caravan"))
                : OwnFiles.directory(directory.resolveSibling("programs"));
        OwnFiles.protect(cache);
        return cache.resolve("postgresql").toFile();
    }

    /** After a kill -9 of the JVM PostgreSQL lives on; whoever holds the sandbox's lock may end it. */
    private static void stopOrphan(Path directory) {
        Path file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                    .filter(p ->
                            p.info().command().map(c -> c.endsWith("postgres")).orElse(true))
                    .ifPresent(PostgresServer::stop);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (java.util.concurrent.CompletionException e) {
            process.destroyForcibly();
        }
    }

    private void setUp(Credentials owner) {
        try (Connection connection = connect(ADMINISTRATOR);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS public.sandbox_passwords"
                    + " (role oid PRIMARY KEY, md5 text NOT NULL)");
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot set up its passwords", e);
        }
        try (Connection connection = connect("template1");
                Statement statement = connection.createStatement()) {
            String catalogue = catalogue();
            String mark = "catalogue " + Integer.toHexString(catalogue.hashCode());
            try (ResultSet done = statement.executeQuery("SELECT pg_catalog.shobj_description(oid, 'pg_authid')"
                    + " FROM pg_catalog.pg_roles WHERE rolname = '" + owner.user() + "'")) {
                if (done.next()) {
                    checkMark(mark.equals(done.getString(1)));
                    return;
                }
            }
            statement.execute("CREATE ROLE " + owner.user() + " LOGIN SUPERUSER CREATEDB CREATEROLE");
            statement.execute(catalogue);
            statement.execute("COMMENT ON ROLE " + owner.user() + " IS '" + mark + "'");
            // https://docs.aws.amazon.com/redshift/latest/dg/r_Schemas_and_tables.html: all may create tables in it.
            statement.execute("GRANT ALL ON SCHEMA public TO PUBLIC");
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot set up its catalogue", e);
        }
    }

    /** Tables of an older sandbox lack what this one's catalogue does for every new table. */
    private void checkMark(boolean same) {
        if (!same) {
            close();
            throw madeByAnother();
        }
    }

    private static InvalidConfigurationException madeByAnother() {
        return new InvalidConfigurationException(
                ErrorCode.SETTING_INVALID,
                "The sandbox's directory was made by another version of the sandbox; choose another or delete it");
    }

    private static String catalogue() {
        try (InputStream in = requireNonNull(PostgresServer.class.getResourceAsStream("catalogue.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasDatabase(String name) {
        try (Connection connection = connect(ADMINISTRATOR);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM pg_catalog.pg_database WHERE datname = '" + name.replace("'", "''") + "'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not stop", e);
        }
    }
}
