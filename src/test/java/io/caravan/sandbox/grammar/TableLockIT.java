package io.caravan.sandbox.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** As <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_write_readwrite.html">Redshift's page</a> has it. */
@ExtendWith(SandboxExtension.class)
@Timeout(60)
final class TableLockIT {

    private static final String CONFLICT = "could not complete because of conflict with concurrent transaction";

    private final TestSandbox sandbox;
    private final Connection one;
    private final Connection two;

    TableLockIT(TestSandbox sandbox) throws SQLException {
        this.sandbox = sandbox;
        this.one = sandbox.connection();
        this.two = sandbox.connection();
        one.setAutoCommit(false);
        two.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        one.close();
        two.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private CompletableFuture<Void> waiting(Connection connection, String sql) throws SQLException {
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                run(connection, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getSQLState() + " " + e.getMessage(), e);
            }
        });
        while (!waiting.isDone()
                && sandbox.query("SELECT pid FROM svv_transactions WHERE NOT granted")
                        .isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(waiting).isNotDone();
        return waiting;
    }

    private void table(String name) throws SQLException {
        sandbox.execute(
                "CREATE TABLE " + name + " (id INTEGER, v INTEGER)", "INSERT INTO " + name + " VALUES (1, 0), (2, 0)");
    }

    @Test
    void anUpdateOfAnotherRowWaitsAndThenSeesTheFirst() throws Exception {
        table("rows_apart");
        run(one, "UPDATE rows_apart SET v = 1 WHERE id = 1");
        CompletableFuture<Void> waiting = waiting(two, "UPDATE rows_apart SET v = v + 1");
        one.commit();
        waiting.get(10, TimeUnit.SECONDS);
        two.commit();
        assertThat(sandbox.query("SELECT id, v FROM rows_apart ORDER BY id"))
                .isEqualTo(List.of(List.of("1", "2"), List.of("2", "1")));
    }

    @Test
    void withoutATransactionTooOneWaitsForTheOther() throws Exception {
        table("alone");
        run(one, "DELETE FROM alone WHERE id = 1");
        try (Connection third = sandbox.connection()) {
            CompletableFuture<Void> waiting = waiting(third, "INSERT INTO alone SELECT id, v FROM alone");
            one.commit();
            waiting.get(10, TimeUnit.SECONDS);
        }
        assertThat(sandbox.query("SELECT id FROM alone")).isEqualTo(List.of(List.of("2"), List.of("2")));
    }

    @Test
    void aWriteConflictsWithOneCommittedAfterTheSnapshot() throws SQLException {
        for (String other :
                List.of("UPDATE %s SET v = 1 WHERE id = 1", "INSERT INTO %s VALUES (3, 0)", "DELETE FROM %s")) {
            String name = "late_" + other.substring(0, 6);
            table(name);
            TestSandbox.query(two, "SELECT count(*) FROM " + name);
            run(one, other.formatted(name));
            one.commit();
            assertThatThrownBy(() -> run(two, "UPDATE " + name + " SET v = 2 WHERE id = 2"))
                    .hasMessageContaining(CONFLICT);
            two.rollback();
            run(two, "UPDATE " + name + " SET v = 2 WHERE id = 2");
            two.commit();
        }
    }

    @Test
    void whatWasRolledBackConflictsWithNothing() throws SQLException {
        table("undone");
        TestSandbox.query(two, "SELECT count(*) FROM undone");
        run(one, "UPDATE undone SET v = 1");
        one.rollback();
        run(two, "UPDATE undone SET v = 2");
        two.commit();
    }

    @Test
    void insertsShareATable() throws SQLException {
        table("shared");
        run(one, "INSERT INTO shared VALUES (3, 0)");
        run(two, "INSERT INTO shared VALUES (4, 0)");
        two.commit();
        one.commit();
        assertThat(sandbox.query("SELECT count(*) FROM shared")).isEqualTo(List.of(List.of("4")));
    }

    @Test
    void insertsThatGoOnToUpdateDeadlock() throws Exception {
        table("embrace");
        run(one, "INSERT INTO embrace VALUES (3, 0)");
        run(two, "INSERT INTO embrace VALUES (4, 0)");
        CompletableFuture<Void> waiting = waiting(one, "UPDATE embrace SET v = 1");
        try {
            run(two, "UPDATE embrace SET v = 2");
            // The other was chosen to end it.
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasMessageContaining("40P01");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("40P01");
            waiting.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void readersWaitForNobodyAndTemporaryTablesAreNobodysBusiness() throws SQLException {
        table("read");
        run(one, "UPDATE read SET v = 1");
        assertThat(TestSandbox.query(two, "SELECT sum(v) FROM read")).isEqualTo(List.of(List.of("0")));
        run(two, "CREATE TEMP TABLE mine AS SELECT id FROM read");
        run(two, "DELETE FROM mine WHERE id = 1");
        run(two, "INSERT INTO mine VALUES (1)");
        two.commit();
        one.commit();
    }
}
