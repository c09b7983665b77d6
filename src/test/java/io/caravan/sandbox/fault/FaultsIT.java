package io.caravan.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
@Timeout(60)
final class FaultsIT {

    private static final String COPY = " IAM_ROLE 'arn:aws:iam::000000000000:role/x' CSV";

    private final TestSandbox sandbox;

    FaultsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private static void fails(Statement statement, String sql, String sqlState, String message) {
        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    SERIALIZABLE_VIOLATION, XX000, 1023
                    DEADLOCK,               40P01, deadlock detected
                    CONFLICT,               XX000, could not complete because of conflict with concurrent transaction
                    RESIZE,                 XX000, Cannot execute write query because system is in resize mode
                    CANCELLED,              57014, cancelled on user's request
                    TERMINATED,             57P01, terminating connection due to administrator command
                    DISK_FULL,              XX000, Disk Full
                    """)
    void strikesTheNextStatementThatFitsAndOnlyThat(Kind kind, String sqlState, String message) throws SQLException {
        String table = "struck_" + kind;
        sandbox.execute("CREATE TABLE " + table + " (id INTEGER)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            sandbox.failNext(Fault.of(kind, "INTO " + table));
            statement.execute("DELETE FROM " + table);
            fails(statement, "INSERT INTO " + table + " VALUES (1)", sqlState, message);
        }
        sandbox.execute("INSERT INTO " + table + " VALUES (2)");
        assertThat(sandbox.query("SELECT id FROM " + table)).isEqualTo(List.of(List.of("2")));
    }

    @Test
    void aFaultKillsTheTransaction() throws SQLException {
        sandbox.execute("CREATE TABLE killed (id INTEGER)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO killed VALUES (1)");
            sandbox.failNext(Fault.of(Kind.DEADLOCK));
            fails(statement, "INSERT INTO killed VALUES (2)", "40P01", "deadlock detected");
            fails(statement, "SELECT 1", "25P02", "current transaction is aborted");
            connection.rollback();
        }
        assertThat(sandbox.query("SELECT count(*) FROM killed")).isEqualTo(List.of(List.of("0")));
    }

    @Test
    void aFaultIsSetBySqlForTheOtherSessions() throws SQLException {
        sandbox.execute("SET caravan.fail_next TO 'disk_full INTO set_by_sql'", "CREATE TABLE set_by_sql (id INTEGER)");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            fails(statement, "INSERT INTO set_by_sql VALUES (1)", "XX000", "Disk Full");
            statement.execute("INSERT INTO set_by_sql VALUES (1)");
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP_BEFORE_COMMIT, 0", "DROP_AFTER_COMMIT, 1"})
    void aConnectionIsCutAtTheCommitOfTheTransactionThatFits(Kind kind, String rows) throws SQLException {
        String table = "cut_" + kind;
        sandbox.execute("CREATE TABLE " + table + " (id INTEGER)", "CREATE TABLE other_" + kind + " (id INTEGER)");
        sandbox.failNext(Fault.of(kind, "INTO " + table));
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO other_" + kind + " VALUES (1)");
            connection.commit();
            statement.execute("INSERT INTO " + table + " VALUES (1)");
            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        }
        assertThat(sandbox.query("SELECT count(*) FROM " + table)).isEqualTo(List.of(List.of(rows)));
    }

    @Test
    void aConnectionIsCutAmidCopy() throws SQLException {
        sandbox.put("cut/1.csv", "1\n");
        sandbox.put("cut/2.csv", "2\n");
        sandbox.execute("CREATE TABLE cut_in_copy (id INTEGER)");
        String copy = "COPY cut_in_copy FROM 's3://" + sandbox.bucket() + "/cut/'" + COPY;
        sandbox.failNext(Fault.of(Kind.DROP_IN_COPY, "cut/1.csv"));
        assertThatThrownBy(() -> sandbox.execute(copy))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        sandbox.execute(copy);
        assertThat(sandbox.query("SELECT count(*) FROM cut_in_copy")).isEqualTo(List.of(List.of("2")));
    }

    @Test
    void copyFailsAtTheRecordThatIsNamed() throws SQLException {
        sandbox.put("struck/part-1.csv", "id\n1\n2\n");
        sandbox.put("struck/part-2.csv", "id\n3\n4\n");
        sandbox.execute("CREATE TABLE struck_copy (id INTEGER)", "SET caravan.fail_next TO 'copy_error 1224 2 part-2'");
        String copy = "COPY struck_copy FROM 's3://" + sandbox.bucket() + "/struck/'" + COPY + " IGNOREHEADER 1";
        assertThatThrownBy(() -> sandbox.execute(copy)).hasMessageContaining("Load into table 'struck_copy' failed.");
        assertThat(sandbox.query("SELECT line_number, error_code, trim(column_name) FROM sys_load_error_detail"
                        + " WHERE trim(file_name) LIKE '%/struck/part-2.csv'"))
                .isEqualTo(List.of(List.of("3", "1224", "id")));
        sandbox.execute(copy);
        assertThat(sandbox.query("SELECT count(*) FROM struck_copy")).isEqualTo(List.of(List.of("4")));
    }

    @Test
    void copyRefusesATextWheneverItComes() throws SQLException {
        sandbox.put("refused/1.csv", "1,good\n2,poison\n");
        sandbox.put("refused/2.csv", "3,\"two\nlines\"\n4,\"a poison\"\n");
        sandbox.execute(
                "CREATE TABLE refused (id INTEGER, name VARCHAR(20))",
                "SET caravan.fail_next TO 'copy_refusal 1204 poison'");
        String copy = "COPY refused FROM 's3://" + sandbox.bucket() + "/refused/'" + COPY;
        assertThatThrownBy(() -> sandbox.execute(copy)).hasMessageContaining("Load into table 'refused' failed.");
        sandbox.execute(copy + " MAXERROR 10");
        assertThat(sandbox.query("SELECT id FROM refused ORDER BY id")).hasToString("[[1], [3]]");
        assertThat(sandbox.query(
                        "SELECT DISTINCT right(trim(file_name), 5), line_number, error_code, trim(column_name),"
                                + " trim(error_message) FROM sys_load_error_detail WHERE trim(file_name) LIKE '%/refused/%'"
                                + " ORDER BY 1"))
                .hasToString("[[1.csv, 2, 1204, name, Fault of the sandbox, Value 'poison'],"
                        + " [2.csv, 3, 1204, name, Fault of the sandbox, Value 'a poison']]");
    }
}
