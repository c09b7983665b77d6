package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
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
                                    + " FROM stl_load_errors WHERE trim(filename) LIKE '%/bad.csv'"))
                    .isEqualTo(List.of(
                            List.of("2", "id", "x,two", "1207", "Invalid digit, Value 'x', Pos 0, Type: Integer")));
        }
    }

    private String table(String name, String columns) throws SQLException {
        sandbox.execute("CREATE TABLE " + name + " (" + columns + ")");
        return "COPY " + name + " FROM ";
    }

    private void fails(String copy, String message) {
        assertThatThrownBy(() -> sandbox.execute(copy))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining(message);
    }

    @Test
    void everyCompressionThatIsNamedIsRead() throws IOException, SQLException {
        String copy = table("packed", "id INTEGER");
        byte[] rows = "1\n2\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(rows);
        }
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
            out.write(rows);
        }
        sandbox.put("packed.gzip", gzip.toByteArray());
        sandbox.put("packed.bzip2", bzip2.toByteArray());
        sandbox.put("packed.zstd", Zstd.compress(rows));
        for (String format : List.of("gzip", "bzip2", "zstd")) {
            sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/packed." + format + "'" + ROLE + "CSV " + format);
        }
        assertThat(sandbox.query("SELECT count(*), sum(id) FROM packed")).isEqualTo(List.of(List.of("6", "9")));
        fails(
                copy + "'s3://" + sandbox.bucket() + "/packed.bzip2'" + ROLE + "CSV GZIP",
                "Invalid compressed data in s3://" + sandbox.bucket() + "/packed.bzip2");
    }

    @Test
    void aPrefixLoadsEveryKeyThatBeginsWithIt() throws SQLException {
        sandbox.put("prefix/x.csv", "1\n");
        sandbox.put("prefix/x.csv.bak", "2\n");
        String copy = table("prefixed", "id INTEGER");
        sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/prefix/x.csv'" + ROLE + "CSV");
        assertThat(sandbox.query("SELECT id FROM prefixed ORDER BY id")).isEqualTo(List.of(List.of("1"), List.of("2")));
        fails(
                copy + "'s3://" + sandbox.bucket() + "/nothing'" + ROLE + "CSV",
                "The specified S3 prefix 'nothing' does not exist");
    }

    @Test
    void aMandatoryObjectMustBeThereAndAnotherNeedNot() throws SQLException {
        sandbox.put("here.csv", "1\n");
        String copy = table("mandatory", "id INTEGER");
        fails(
                copy + manifest("m3", "here.csv", "gone.csv") + ROLE + "MANIFEST CSV",
                "Mandatory url is not present in S3: s3://" + sandbox.bucket() + "/gone.csv");
        sandbox.put(
                "m4",
                "{\"entries\":[{\"url\":\"s3://" + sandbox.bucket() + "/here.csv\"},{\"url\":\"s3://" + sandbox.bucket()
                        + "/gone.csv\"}]}");
        sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/m4'" + ROLE + "MANIFEST CSV");
        assertThat(sandbox.query("SELECT id FROM mandatory")).isEqualTo(List.of(List.of("1")));
    }

    @Test
    void maxErrorSkipsBadRowsAndRecordsThem() throws SQLException {
        sandbox.put("some-bad.csv", "id\n1\nx\n2\ny\n");
        String copy = table("tolerant", "id INTEGER") + "'s3://" + sandbox.bucket() + "/some-bad.csv'" + ROLE
                + "CSV IGNOREHEADER 1 MAXERROR ";
        sandbox.execute(copy + "3");
        assertThat(sandbox.query("SELECT id FROM tolerant ORDER BY id")).isEqualTo(List.of(List.of("1"), List.of("2")));
        fails(copy + "2", "Load into table 'tolerant' failed.");
        assertThat(sandbox.query("SELECT status, loaded_rows, error_count FROM sys_load_history"
                        + " WHERE table_name = 'tolerant' ORDER BY query_id"))
                .isEqualTo(List.of(List.of("completed", "2", "2"), List.of("aborted", "0", "2")));
        assertThat(sandbox.query("SELECT DISTINCT line_number, trim(column_name), error_code FROM sys_load_error_detail"
                        + " WHERE trim(file_name) LIKE '%/some-bad.csv' ORDER BY line_number"))
                .isEqualTo(List.of(List.of("3", "id", "1207"), List.of("5", "id", "1207")));
    }

    @Test
    void emptyFieldsAreNullButForText() throws SQLException {
        sandbox.put("empty.csv", "1,,,,\n");
        String copy = table("empties", "id INTEGER NOT NULL, d DATE, n DECIMAL(5,2), v VARCHAR(5), b BOOLEAN");
        sandbox.execute(copy + manifest("m5", "empty.csv") + ROLE + "MANIFEST CSV");
        assertThat(sandbox.query("SELECT * FROM empties")).hasToString("[[1, null, null, , null]]");
        sandbox.put("null-id.csv", ",,,,\n");
        fails(copy + manifest("m6", "null-id.csv") + ROLE + "MANIFEST CSV", "Load into table 'empties' failed.");
        assertThat(sandbox.query("SELECT err_code, trim(colname) FROM stl_load_errors"
                        + " WHERE trim(filename) LIKE '%/null-id.csv'"))
                .isEqualTo(List.of(List.of("1213", "id")));
    }

    @Test
    void omittedColumnsGetTheirDefaultAndIdentitiesCount() throws SQLException {
        sandbox.put("partial.csv", "a\nb\n");
        sandbox.execute(
                "CREATE TABLE partial (id INTEGER IDENTITY(10,5), v VARCHAR(5), state VARCHAR(5) DEFAULT 'new')");
        sandbox.execute("COPY partial (v) FROM " + manifest("m7", "partial.csv") + ROLE + "MANIFEST CSV");
        assertThat(sandbox.query("SELECT * FROM partial ORDER BY id"))
                .isEqualTo(List.of(List.of("10", "a", "new"), List.of("15", "b", "new")));
    }

    @Test
    void aMissingTableIsMissing() {
        assertThatThrownBy(() -> sandbox.execute("COPY no_such FROM 's3://b/k'" + ROLE + "CSV"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }

    @Test
    void goodAndBadCopiesTakeTurnsOnOneConnection() throws SQLException {
        sandbox.put("turn-good.csv", "1\n");
        sandbox.put("turn-bad.csv", "x\n");
        String copy = table("turns", "id INTEGER") + "'s3://" + sandbox.bucket() + "/turn-";
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 100; i++) {
                statement.execute(copy + "good.csv'" + ROLE + "CSV");
                connection.commit();
                assertThatThrownBy(() -> statement.execute(copy + "bad.csv'" + ROLE + "CSV"))
                        .isInstanceOf(SQLException.class);
                connection.rollback();
            }
        }
        assertThat(sandbox.query("SELECT count(*) FROM turns")).isEqualTo(List.of(List.of("100")));
    }
}
