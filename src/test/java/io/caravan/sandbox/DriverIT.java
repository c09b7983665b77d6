package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
@Timeout(60)
final class DriverIT {

    private final TestSandbox sandbox;

    DriverIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private static void fails(ThrowingCallable call, String sqlState, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
                .hasMessageContaining(message);
    }

    @Test
    void saysThatItIsRedshift() throws SQLException {
        try (Connection connection = sandbox.connection()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("8.0.2");
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        fails(
                () -> DriverManager.getConnection(sandbox.url(), "awsuser", "wrong"),
                "28000",
                "password authentication failed for user \"awsuser\"");
    }

    @Test
    void unknownDatabaseIsRefused() {
        fails(
                () -> DriverManager.getConnection(
                        sandbox.url().replace("/test_", "/none_"),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password()),
                "3D000",
                "does not exist");
    }

    @Test
    void transactionsRollBackAndCommit() throws SQLException {
        sandbox.execute("CREATE TABLE tx (id INTEGER)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO tx VALUES (1)");
            connection.rollback();
            statement.execute("INSERT INTO tx VALUES (2)");
            connection.commit();
        }
        assertThat(sandbox.query("SELECT id FROM tx")).isEqualTo(List.of(List.of("2")));
    }

    @Test
    void aColumnGetsAnotherLengthOutsideATransactionOnly() throws SQLException {
        sandbox.execute(
                "CREATE TABLE lengths (\"a 'b' \"\"c\"\"\" VARCHAR(8), d VARCHAR(8) DEFAULT 'x')",
                "ALTER TABLE public.lengths ALTER COLUMN \"a 'b' \"\"c\"\"\" TYPE VARCHAR(16)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            fails(
                    () -> statement.execute("ALTER TABLE lengths ALTER COLUMN d TYPE VARCHAR(16)"),
                    "0A000",
                    "column with a default");
            fails(
                    () -> statement.execute("ALTER TABLE lengths ALTER \"a 'b' \"\"c\"\"\" TYPE VARCHAR(16)"),
                    "0A000",
                    "target column size should be different");
            connection.setAutoCommit(false);
            fails(
                    () -> statement.execute("ALTER TABLE lengths ALTER \"a 'b' \"\"c\"\"\" TYPE VARCHAR(32)"),
                    "25001",
                    "cannot run inside a transaction block");
        }
        assertThat(sandbox.query("SELECT character_maximum_length FROM svv_columns WHERE table_name = 'lengths'"
                        + " ORDER BY ordinal_position"))
                .isEqualTo(List.of(List.of("16"), List.of("8")));
    }

    @Test
    void batchesRewrittenOrNotInsertEveryRow() throws SQLException {
        sandbox.execute("CREATE TABLE batch (id INTEGER, name VARCHAR(10))");
        for (String option : List.of("", ";reWriteBatchedInserts=true")) {
            try (Connection connection = sandbox.connection(option);
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO batch VALUES (?, ?)")) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 2500; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "n" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }
        assertThat(sandbox.query("SELECT count(*), count(DISTINCT id) FROM batch"))
                .isEqualTo(List.of(List.of("5000", "2500")));
    }

    @Test
    void fetchSizeReadsByPortions() throws SQLException {
        sandbox.execute("CREATE TABLE many (id INTEGER)");
        sandbox.execute("INSERT INTO many SELECT 1", "INSERT INTO many SELECT id FROM many");
        for (int i = 0; i < 10; i++) {
            sandbox.execute("INSERT INTO many SELECT id FROM many");
        }
        try (Connection connection = sandbox.connection(";enableFetchRingBuffer=false");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(100);
            int rows = 0;
            try (ResultSet result = statement.executeQuery("SELECT id FROM many")) {
                while (result.next()) {
                    rows++;
                }
            }
            assertThat(rows).isEqualTo(2048);
        }
    }

    @Test
    void aPoolFindsItsConnectionsValid() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(sandbox.url());
        config.setUsername(sandbox.sandbox().user());
        config.setPassword(sandbox.sandbox().password());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            connection.setReadOnly(true);
            connection.setReadOnly(false);
            assertThat(TestSandbox.query(connection, "SELECT 1")).isEqualTo(List.of(List.of("1")));
        }
    }

    @Test
    void truncateCommitsWhatWasDoneBefore() throws SQLException {
        sandbox.execute("CREATE TABLE kept (id INTEGER)", "CREATE TABLE cut (id INTEGER)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO kept VALUES (1)");
            statement.execute("TRUNCATE cut");
            statement.execute("INSERT INTO kept VALUES (2)");
            connection.rollback();
            assertThat((Throwable) statement.getWarnings()).isNull();
        }
        assertThat(sandbox.query("SELECT id FROM kept")).isEqualTo(List.of(List.of("1")));
    }

    @Test
    void aStatementAfterLockSeesWhatTheOtherCommitted() throws Exception {
        sandbox.execute("CREATE TABLE ledger (id INTEGER)");
        try (Connection first = sandbox.connection();
                Connection second = sandbox.connection();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            one.execute("LOCK ledger");
            one.execute("INSERT INTO ledger VALUES (1)");
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return two.execute("LOCK TABLE ledger");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (sandbox.query("SELECT pid FROM svv_transactions WHERE NOT granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            first.commit();
            waiting.get(10, TimeUnit.SECONDS);
            assertThat(TestSandbox.query(second, "SELECT id FROM ledger")).isEqualTo(List.of(List.of("1")));
            second.commit();
        }
    }

    @Test
    void concurrentUpdatesOfOneRowConflict() throws SQLException {
        sandbox.execute("CREATE TABLE hot (id INTEGER, v INTEGER)", "INSERT INTO hot VALUES (1, 0)");
        try (Connection first = sandbox.connection();
                Connection second = sandbox.connection();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            TestSandbox.query(second, "SELECT v FROM hot");
            one.execute("UPDATE hot SET v = 1 WHERE id = 1");
            first.commit();
            fails(
                    () -> two.execute("UPDATE hot SET v = 2 WHERE id = 1"),
                    "XX000",
                    "could not complete because of conflict with concurrent transaction");
            second.rollback();
        }
    }

    @Test
    void aRefusedStatementKillsItsTransactionOnly() throws SQLException {
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            fails(() -> statement.execute("CREATE INDEX i ON t (id)"), "42601", "syntax error at or near \"INDEX\"");
            fails(() -> statement.execute("SELECT 1"), "25P02", "current transaction is aborted");
            connection.rollback();
            assertThat(TestSandbox.query(connection, "SELECT 1")).isEqualTo(List.of(List.of("1")));
        }
    }

    @Test
    void cancelEndsAWaitingStatement() throws Exception {
        sandbox.execute("CREATE TABLE busy (id INTEGER)");
        try (Connection holder = sandbox.connection();
                Connection waiter = sandbox.connection();
                Statement hold = holder.createStatement();
                Statement wait = waiter.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("LOCK busy");
            CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> {
                try {
                    while (sandbox.query("SELECT pid FROM svv_transactions WHERE NOT granted")
                            .isEmpty()) {
                        Thread.onSpinWait();
                    }
                    wait.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            fails(() -> wait.execute("SELECT count(*) FROM busy"), "57014", "cancelled on user's request");
            cancel.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void keysAreNotEnforcedButNotNullIs() throws SQLException {
        sandbox.execute(
                "CREATE TABLE keyed (id INTEGER PRIMARY KEY, v VARCHAR(3))",
                "INSERT INTO keyed VALUES (1, 'a')",
                "INSERT INTO keyed VALUES (1, 'b')");
        fails(
                () -> sandbox.execute("INSERT INTO keyed (v) VALUES ('c')"),
                "XX000",
                "Cannot insert a NULL value into column id");
        fails(
                () -> sandbox.execute("INSERT INTO keyed VALUES (2, 'çç')"),
                "22001",
                "Value too long for character type");
    }

    @Test
    void mergeUpdatesAndInserts() throws SQLException {
        sandbox.execute(
                "CREATE TABLE target (id INTEGER, v VARCHAR(9))",
                "INSERT INTO target VALUES (1, 'old'), (2, 'kept')",
                "CREATE TABLE stage (LIKE target)",
                "INSERT INTO stage VALUES (1, 'new'), (3, 'added')",
                """
                MERGE INTO "public"."target" USING "stage" ON "public"."target"."id" = "stage"."id"
                WHEN MATCHED THEN UPDATE SET "v" = "stage"."v"
                WHEN NOT MATCHED THEN INSERT ("id", "v") VALUES ("stage"."id", "stage"."v")""");
        assertThat(sandbox.query("SELECT id, v FROM target ORDER BY id"))
                .isEqualTo(List.of(List.of("1", "new"), List.of("2", "kept"), List.of("3", "added")));
        sandbox.execute("INSERT INTO stage VALUES (1, 'again')");
        fails(
                () -> sandbox.execute(
                        "MERGE INTO target USING stage ON target.id = stage.id"
                                + " WHEN MATCHED THEN UPDATE SET v = stage.v WHEN NOT MATCHED THEN INSERT VALUES (stage.id, stage.v)"),
                "XX000",
                "Found multiple matches to update the same tuple.");
    }

    @Test
    void svvColumnsShowsWhatWasDeclared() throws SQLException {
        sandbox.execute(
                "CREATE TABLE shapes (a VARCHAR, b TEXT, c CHAR(3) NOT NULL, d DECIMAL, e VARCHAR(MAX), \"F\" INT)");
        assertThat(sandbox.query(
                        "SELECT column_name, data_type, character_maximum_length, numeric_precision, is_nullable"
                                + " FROM svv_columns WHERE table_name = 'shapes' ORDER BY ordinal_position"))
                .extracting(Object::toString)
                .containsExactly(
                        "[a, character varying, 256, null, YES]",
                        "[b, character varying, 256, null, YES]",
                        "[c, character, 3, null, NO]",
                        "[d, numeric, null, 18, YES]",
                        "[e, character varying, 65535, null, YES]",
                        "[f, integer, null, 32, YES]");
    }

    @Test
    void theDriversOwnQuestionsPass() throws SQLException {
        sandbox.execute("CREATE TABLE asked (id INTEGER)");
        try (Connection connection = sandbox.connection(";ApplicationName=x;queryGroup=y")) {
            DatabaseMetaData metaData = connection.getMetaData();
            for (ResultSet answer : List.of(
                    metaData.getCatalogs(),
                    metaData.getSchemas(),
                    metaData.getTableTypes(),
                    metaData.getPrimaryKeys(null, "public", "asked"))) {
                answer.close();
            }
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setSchema("public");
            assertThat(connection.getSchema()).isEqualTo("public");
            connection.setClientInfo("ApplicationName", "z");
        }
    }
}
