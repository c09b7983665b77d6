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

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html */
    @Test
    void ignoredErrorsLeaveTheirRowsOutAndNoTrace() throws SQLException {
        sandbox.put("all-bad.csv", "x\n1\ny\n");
        String copy = table("ignorant", "id INTEGER") + "'s3://" + sandbox.bucket() + "/all-bad.csv'" + ROLE
                + "CSV IGNOREALLERRORS";
        sandbox.execute(copy);
        assertThat(sandbox.query("SELECT id FROM ignorant")).hasToString("[[1]]");
        assertThat(sandbox.query("SELECT * FROM sys_load_error_detail WHERE trim(file_name) LIKE '%/all-bad.csv'"))
                .isEmpty();
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html: "The maximum size of a single input row from any source is 4 MB." */
    @Test
    void aRecordThatIsTooLongCostsNoOther() throws SQLException {
        String half = "x".repeat(3 << 20);
        sandbox.put("long.csv", "1,a\n2," + half + half + "\n3,\"" + half + "\n" + half + "\"\n4,d\n");
        String copy = table("lengths", "id INTEGER, v VARCHAR(9)") + "'s3://" + sandbox.bucket() + "/long.csv'" + ROLE
                + "CSV MAXERROR 3";
        sandbox.execute(copy);
        assertThat(sandbox.query("SELECT * FROM lengths ORDER BY id")).hasToString("[[1, a], [4, d]]");
        assertThat(sandbox.query("SELECT line_number, error_code FROM sys_load_error_detail"
                        + " WHERE trim(file_name) LIKE '%/long.csv' ORDER BY line_number"))
                .hasToString("[[2, 1216], [3, 1216]]");
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

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html */
    @Test
    void anIdentityCountsUnlessItsValuesAreExplicit() throws SQLException {
        sandbox.put("counted.csv", "a\nb\n");
        sandbox.put("explicit.csv", "7,c\n");
        sandbox.execute("CREATE TABLE counted (id INTEGER IDENTITY(10,5), v VARCHAR(5))");
        String copy = "COPY counted FROM 's3://" + sandbox.bucket();
        sandbox.execute(copy + "/counted.csv'" + ROLE + "CSV", copy + "/explicit.csv'" + ROLE + "CSV EXPLICIT_IDS");
        assertThat(sandbox.query("SELECT * FROM counted ORDER BY v")).hasToString("[[10, a], [15, b], [7, c]]");
        fails(
                "COPY counted (id, v) FROM 's3://" + sandbox.bucket() + "/explicit.csv'" + ROLE + "CSV",
                "cannot set an identity column to a value");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html, DEFAULT */
    @Test
    void nullInAColumnThatIsNotNullTakesItsDefault() throws SQLException {
        sandbox.put("defaults.csv", "1,\n2,9\n");
        String copy = table("defaulted", "id INTEGER, n INTEGER DEFAULT 5 NOT NULL");
        sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/defaults.csv'" + ROLE + "CSV");
        assertThat(sandbox.query("SELECT * FROM defaulted ORDER BY id")).hasToString("[[1, 5], [2, 9]]");
    }

    @Test
    void aDefaultIdentityCountsForNull() throws SQLException {
        sandbox.put("default-identity.csv", ",a\n7,b\n,c\n");
        String copy = table("numbered", "id INTEGER GENERATED BY DEFAULT AS IDENTITY(1,2), v VARCHAR(5)");
        sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/default-identity.csv'" + ROLE + "CSV");
        assertThat(sandbox.query("SELECT * FROM numbered ORDER BY v")).hasToString("[[1, a], [7, b], [3, c]]");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html */
    @Test
    void linesAreFilledAndBlankOnesLeftOut() throws SQLException {
        sandbox.put("ragged.csv", "1,a,2024-01-01\n\n2\n3,b\n");
        String copy = table("ragged", "id INTEGER, v VARCHAR(5), d DATE");
        sandbox.execute(copy + "'s3://" + sandbox.bucket() + "/ragged.csv'" + ROLE + "CSV FILLRECORD IGNOREBLANKLINES");
        assertThat(sandbox.query("SELECT * FROM ragged ORDER BY id"))
                .hasToString("[[1, a, 2024-01-01], [2, , null], [3, b, null]]");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html */
    @Test
    void invalidBytesAreReplacedOneByOne() throws SQLException {
        sandbox.put("latin.csv", new byte[] {'a', (byte) 0xe4, (byte) 0xe0, (byte) 0xa1, 'b', '\n'});
        String copy = table("latin", "v VARCHAR(9)") + "'s3://" + sandbox.bucket() + "/latin.csv'" + ROLE + "CSV";
        fails(copy, "Load into table 'latin' failed.");
        sandbox.execute(copy + " ACCEPTINVCHARS '^'", copy + " ACCEPTINVCHARS");
        assertThat(sandbox.query("SELECT v FROM latin ORDER BY v")).hasToString("[[a???b], [a^^^b]]");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html */
    @Test
    void noLoadChecksAndLoadsNothing() throws SQLException {
        sandbox.put("check-good.csv", "1\n");
        sandbox.put("check-bad.csv", "x\n");
        String copy = table("checked", "id INTEGER") + "'s3://" + sandbox.bucket();
        sandbox.execute(copy + "/check-good.csv'" + ROLE + "CSV NOLOAD");
        assertThat(sandbox.query("SELECT count(*) FROM checked")).hasToString("[[0]]");
        fails(copy + "/check-bad.csv'" + ROLE + "CSV NOLOAD", "Load into table 'checked' failed.");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source-s3.html */
    @Test
    void theRegionMustBeTheBuckets() throws SQLException {
        sandbox.put("region.csv", "1\n");
        String copy = table("regional", "id INTEGER") + "'s3://" + sandbox.bucket() + "/region.csv'" + ROLE + "CSV ";
        sandbox.execute(copy + "REGION 'us-east-1'");
        fails(copy + "REGION AS 'eu-west-1'", "PermanentRedirect");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_DETAIL.html */
    @Test
    void everyFileIsInTheDetails() throws SQLException {
        sandbox.put("detail/1.csv", "id\n1\n");
        sandbox.put("detail/2.csv", "id\n22\n33\n");
        String copy = table("detailed", "id INTEGER") + "'s3://" + sandbox.bucket() + "/detail/'" + ROLE;
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(copy + "CSV IGNOREHEADER 1");
            assertThat(TestSandbox.query(
                            connection,
                            "SELECT right(trim(file_name), 12), bytes_scanned, lines_scanned FROM sys_load_detail"
                                    + " WHERE query_id = pg_last_copy_id() ORDER BY 1"))
                    .hasToString("[[detail/1.csv, 5, 2], [detail/2.csv, 9, 3]]");
        }
    }
}
