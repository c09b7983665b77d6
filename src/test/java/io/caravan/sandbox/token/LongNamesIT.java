package io.caravan.sandbox.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names of up to 127 bytes, of which PostgreSQL would keep 63. */
@ExtendWith(SandboxExtension.class)
@Timeout(120)
final class LongNamesIT {

    private static final String COMMON = "x".repeat(110);

    private final TestSandbox sandbox;

    LongNamesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void longNamesAreToldApartAndShownInFull() throws SQLException {
        String schema = "s_" + COMMON;
        String one = COMMON + "_one";
        String two = COMMON + "_TWO";
        sandbox.execute(
                "CREATE SCHEMA " + schema,
                "CREATE TABLE " + schema + "." + one + " (" + one + " INTEGER PRIMARY KEY, \"" + two + "\" INTEGER)",
                "CREATE TABLE " + schema + "." + two + " (" + one + " VARCHAR(3))",
                "INSERT INTO " + schema + "." + one + " VALUES (1, 2)",
                "INSERT INTO " + schema + "." + two + " (" + one + ") VALUES ('abc')");
        assertThat(sandbox.query("SELECT table_name FROM svv_tables WHERE table_schema = '" + schema + "' ORDER BY 1"))
                .isEqualTo(List.of(List.of(one), List.of(two.toLowerCase(java.util.Locale.ROOT))));
        assertThat(sandbox.query("SELECT column_name FROM svv_columns WHERE table_name = '" + one + "' ORDER BY 1"))
                .isEqualTo(List.of(List.of(one), List.of(two.toLowerCase(java.util.Locale.ROOT))));
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + schema + "." + one)) {
                assertThat(rows.getMetaData().getColumnName(1)).isEqualTo(one);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(two)).isEqualTo(2);
            }
            try (ResultSet keys = connection.getMetaData().getPrimaryKeys(null, schema, one)) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString("COLUMN_NAME")).isEqualTo(one);
            }
            assertThatThrownBy(() -> statement.execute("SELECT * FROM " + schema + "." + COMMON + "_none"))
                    .hasMessageContaining("\"" + schema + "." + COMMON + "_none\" does not exist");
            assertThatThrownBy(() -> statement.execute("INSERT INTO " + schema + "." + one + " VALUES (NULL, 1)"))
                    .hasMessageContaining("Cannot insert a NULL value into column " + one);
            statement.execute("CREATE TEMP TABLE " + one + " (a INTEGER)");
            statement.execute("CREATE TEMP TABLE " + two + " (b INTEGER)");
            statement.execute("SELECT a FROM " + one);
        }
    }

    @Test
    void whatIsBeyond127BytesIsCut() throws SQLException {
        String kept = "ä".repeat(63);
        sandbox.execute("CREATE TABLE \"" + kept + "äxx\" (a INTEGER)", "INSERT INTO " + kept + "ä VALUES (1)");
        assertThat(sandbox.query("SELECT table_name FROM svv_tables WHERE table_name LIKE 'ä%'"))
                .isEqualTo(List.of(List.of(kept)));
        assertThatThrownBy(() -> sandbox.execute("CREATE TABLE \"" + kept + "öö\" (a INTEGER)"))
                .hasMessageContaining("relation \"" + kept + "\" already exists");
    }

    @Test
    void aRestartKnowsTheNames(@TempDir Path directory) throws SQLException {
        SandboxOptions options = new SandboxOptions(directory, 0, 0);
        for (String sql : List.of("CREATE TABLE " + COMMON + " (a INTEGER)", "SELECT a FROM " + COMMON)) {
            try (Sandbox own = Sandbox.start(options);
                    Connection connection = DriverManager.getConnection(own.url(), own.user(), own.password());
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                assertThat(TestSandbox.query(connection, "SELECT table_name FROM svv_tables"))
                        .isEqualTo(List.of(List.of(COMMON)));
            }
        }
    }
}
