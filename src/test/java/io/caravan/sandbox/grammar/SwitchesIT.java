package io.caravan.sandbox.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages leave open, or what takes hours, on a switch; and what a prepared statement costs. */
@ExtendWith(SandboxExtension.class)
@Timeout(60)
final class SwitchesIT {

    private static final List<@Nullable String> NOTHING = Collections.singletonList(null);

    private final TestSandbox sandbox;

    SwitchesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private String copy(TestSandbox part, String table, String options) {
        return "COPY " + table + " FROM 's3://" + part.bucket() + "/' IAM_ROLE 'x' " + options;
    }

    @Test
    void copyCutsAFieldAtANulWhereThatIsTurnedOn() throws SQLException {
        try (TestSandbox part = sandbox.part("nul")) {
            part.execute("CREATE TABLE cut (id INTEGER, a VARCHAR(10), b VARCHAR(10))");
            part.put("object", "1|x\0y|z\0\n2|\0|w\n");
            assertThatThrownBy(() -> part.execute(copy(part, "cut", ""))).hasMessageContaining("stl_load_errors");

            part.execute("SET caravan.cut_at_nul TO 'on'", copy(part, "cut", ""));
            assertThat(part.query("SELECT * FROM cut ORDER BY id"))
                    .isEqualTo(List.of(List.of("1", "x", "z"), List.of("2", "", "w")));
            assertThatThrownBy(() -> part.execute(copy(part, "cut", "CSV DELIMITER '|'")))
                    .hasMessageContaining("stl_load_errors");

            part.execute("SET caravan.cut_at_nul = off");
            assertThatThrownBy(() -> part.execute(copy(part, "cut", ""))).hasMessageContaining("stl_load_errors");
            part.execute("SET SESSION caravan.cut_at_nul TO 'on'", copy(part, "cut", ""));
            assertThatThrownBy(() -> part.execute(copy(part, "cut", ""))).hasMessageContaining("stl_load_errors");
        }
    }

    @Test
    void errorsOfCopyAreShownLate() throws SQLException {
        try (TestSandbox part = sandbox.part("lag")) {
            part.execute("CREATE TABLE late (id INTEGER)", "SET caravan.error_view_lag TO '300000'");
            part.put("object", "x\n");
            assertThatThrownBy(() -> part.execute(copy(part, "late", ""))).hasMessageContaining("stl_load_errors");

            assertThat(part.lines("SELECT COUNT(*) FROM sys_load_error_detail")).containsExactly("0");
            assertThat(part.lines("SELECT COUNT(*) FROM stl_load_errors")).containsExactly("0");
            part.execute("SET caravan.error_view_lag TO '0'");
            assertThat(part.lines("SELECT COUNT(*) FROM sys_load_error_detail")).containsExactly("1");
        }
    }

    @Test
    void sessionsEndWhenTheyAreIdle() throws Exception {
        try (TestSandbox part = sandbox.part("idle");
                Connection watcher = part.connection();
                Statement statement = watcher.createStatement()) {
            statement.execute("CREATE TABLE kept (id INTEGER)");
            assertThat(shown(part, "idle_session_timeout", "idle_in_transaction_session_timeout"))
                    .isEqualTo("4h 6h");
            statement.execute("SET caravan.session_timeout TO '1000'");
            statement.execute("SET caravan.transaction_timeout TO '1000'");
            for (boolean autoCommit : List.of(true, false)) {
                try (Connection connection = part.connection();
                        Statement idle = connection.createStatement()) {
                    connection.setAutoCommit(autoCommit);
                    idle.execute("INSERT INTO kept VALUES (1)");
                    Waiting.until(
                            "only the watcher is left",
                            () -> "1"
                                    .equals(
                                            first(
                                                    statement,
                                                    "SELECT COUNT(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database()")));
                    assertThatThrownBy(() -> idle.execute("SELECT 1")).isInstanceOf(SQLException.class);
                }
            }
            assertThat(first(statement, "SELECT COUNT(*) FROM kept")).isEqualTo("1");
        }
    }

    private static String shown(TestSandbox part, String... names) throws SQLException {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(out.isEmpty() ? "" : " ")
                    .append(part.lines("SELECT current_setting('" + name + "')").get(0));
        }
        return out.toString();
    }

    @Test
    void viewsOfTheCatalogueFailOrAreSlow() throws SQLException {
        try (TestSandbox part = sandbox.part("views")) {
            part.execute("CREATE TABLE seen (id INTEGER)", "SET caravan.svv_views TO 'fail'");
            assertThatThrownBy(() -> part.query("SELECT * FROM svv_tables")).hasMessageContaining("external catalog");
            assertThat(part.query("SELECT id FROM seen")).isEmpty();

            part.execute("SET caravan.svv_views TO 'slow 300'");
            Instant begin = Instant.now();
            assertThat(part.lines("SELECT table_name FROM svv_tables")).containsExactly("seen");
            assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            part.execute("SET caravan.svv_views TO 'off'");
        }
    }

    @Test
    void aDefaultIsShownToTheOwnerOnly() throws SQLException {
        try (TestSandbox part = sandbox.part("defaults")) {
            String password = "Abcdef12";
            part.execute(
                    "CREATE TABLE own (id INTEGER IDENTITY(1, 1), a INTEGER DEFAULT 7 NOT NULL)",
                    "CREATE USER switches_reader PASSWORD '" + password + "'",
                    "GRANT SELECT ON own TO switches_reader");
            String query = "SELECT column_default FROM svv_columns WHERE table_name = 'own' ORDER BY ordinal_position";
            assertThat(part.lines(query).get(1)).isEqualTo("7");

            try (Connection connection = DriverManager.getConnection(part.url(), "switches_reader", password)) {
                assertThat(TestSandbox.query(connection, query)).isEqualTo(List.of(NOTHING, NOTHING));
                assertThat(TestSandbox.query(
                                connection,
                                "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'own'::regclass"
                                        + " ORDER BY adnum DESC LIMIT 1"))
                        .isEqualTo(List.of(List.of("7")));
                part.execute("SET caravan.hide_column_default TO 'off'");
                assertThat(TestSandbox.query(connection, query).get(0).get(0)).startsWith("\"identity\"(");
            } finally {
                part.execute("DROP TABLE own", "DROP USER switches_reader");
            }
        }
    }

    private static @Nullable String first(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void aPreparedStatementDiesWithItsTable() throws SQLException {
        for (String kind : List.of("", "TEMP ")) {
            try (Connection connection = sandbox.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE " + kind + "TABLE anew (id INTEGER)");
                statement.execute("CREATE " + kind + "TABLE other (id INTEGER)");
                try (PreparedStatement select = connection.prepareStatement("SELECT id FROM anew WHERE id = ?");
                        PreparedStatement insert = connection.prepareStatement("INSERT INTO other VALUES (?)")) {
                    select.setInt(1, 1);
                    insert.setInt(1, 1);
                    assertThat(select.executeQuery().next()).isFalse();
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                    assertThat(select.executeQuery().next()).isFalse();
                    statement.execute("CREATE TABLE IF NOT EXISTS anew (id INTEGER)");
                    statement.execute("ANALYZE anew");
                    assertThat(select.executeQuery().next()).isFalse();

                    statement.execute("DROP TABLE anew");
                    assertStale(select);
                    statement.execute("CREATE " + kind + "TABLE anew (id INTEGER)");
                    assertStale(select);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                    statement.execute("ALTER TABLE other ADD COLUMN more INTEGER");
                    assertThatThrownBy(insert::executeUpdate).hasMessageContaining("could not open relation with OID");
                }
                statement.execute("DROP TABLE anew");
                statement.execute("DROP TABLE other");
            }
        }
    }

    private static void assertStale(PreparedStatement select) {
        assertThatThrownBy(select::executeQuery)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining("could not open relation with OID ");
    }

    @Test
    void bindsCountAsPartOfTheStatement() throws SQLException {
        sandbox.execute("CREATE TABLE wide (a VARCHAR(65535))");
        String large = "x".repeat(65_000);
        try (Connection connection = sandbox.connection()) {
            String row = "(?)" + ", (?)".repeat(299);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wide VALUES " + row)) {
                for (int i = 1; i <= 300; i++) {
                    insert.setString(i, large);
                }
                assertThatThrownBy(insert::executeUpdate).hasMessageContaining("Statement is too large");
                for (int i = 1; i <= 300; i++) {
                    insert.setString(i, large.substring(0, 50_000));
                }
                assertThat(insert.executeUpdate()).isEqualTo(300);
            }
        }
    }

    @Test
    void queriesAndCopiesHaveNumbers() throws SQLException {
        try (TestSandbox part = sandbox.part("numbers");
                Connection connection = part.connection()) {
            part.put("object", "1\n");
            String last = "SELECT pg_last_query_id(), pg_last_copy_id()";
            assertThat(TestSandbox.query(connection, last)).isEqualTo(List.of(List.of("-1", "-1")));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE counted (id INTEGER)");
                statement.execute(copy(part, "counted", ""));
            }
            List<@Nullable String> copied = TestSandbox.query(connection, last).get(0);
            assertThat(copied.get(0)).isEqualTo(copied.get(1)).isNotEqualTo("-1");
            TestSandbox.query(connection, "SELECT id FROM counted");
            assertThat(TestSandbox.query(connection, last).get(0).get(0)).isNotEqualTo(copied.get(0));
        }
    }
}
