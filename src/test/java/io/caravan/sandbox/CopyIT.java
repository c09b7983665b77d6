package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
final class CopyIT {

    private static final String ROLE = " IAM_ROLE 'arn:aws:iam::000000000000:role/x' ";

    private final TestSandbox sandbox;

    CopyIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private String manifest(String name, String... keys) {
        String entries = String.join(
                ",",
                List.of(keys).stream()
                        .map(k -> "{\"url\":\"s3://" + sandbox.bucket() + "/" + k + "\",\"mandatory\":true}")
                        .toList());
        sandbox.put(name, "{\"entries\":[" + entries + "]}");
        return "'s3://" + sandbox.bucket() + "/" + name + "'";
    }

    @Test
    void copyFromAManifestReportsNoRowsButCountsThem() throws SQLException {
        sandbox.put("a.csv", "1,one\n2,\"two, \"\"2\"\"\"\n");
        sandbox.put("b.csv", "3,\n");
        String manifest = manifest("m1", "a.csv", "b.csv");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMP TABLE t1 (id INTEGER, name VARCHAR(20))");
            assertThat(statement.execute("COPY t1 (id, name) FROM " + manifest + ROLE + "MANIFEST FORMAT CSV"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isZero();
            assertThat(statement.getWarnings().getMessage())
                    .isEqualTo("Load into table 't1' completed, 3 record(s) loaded successfully.");
            assertThat(TestSandbox.query(connection, "SELECT pg_last_copy_count()"))
                    .isEqualTo(List.of(List.of("3")));
            assertThat(TestSandbox.query(connection, "SELECT * FROM t1 ORDER BY id"))
                    .isEqualTo(List.of(List.of("1", "one"), List.of("2", "two, \"2\""), List.of("3", "")));
            connection.commit();
        }
    }

    @Test
    void aBadFieldFailsTheTransactionAndIsExplainedAfterTheRollback() throws SQLException {
        sandbox.put("bad.csv", "1,one\nx,two\n");
        String manifest = manifest("m2", "bad.csv");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMP TABLE t2 (id INTEGER, name VARCHAR(20))");
            assertThatThrownBy(() -> statement.execute("COPY t2 FROM " + manifest + ROLE + "MANIFEST FORMAT CSV"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                    .hasMessageContaining(
                            "Load into table 't2' failed.  Check 'stl_load_errors' system table for details.");
            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(TestSandbox.query(
                            connection,
                            "SELECT line_number, trim(colname), trim(raw_line), err_code, trim(err_reason)"
                                    + " FROM stl_load_errors WHERE trim(filename) LIKE '%bad.csv'"))
                    .isEqualTo(List.of(
                            List.of("2", "id", "x,two", "1207", "Invalid digit, Value 'x', Pos 0, Type: Integer")));
        }
    }
}
