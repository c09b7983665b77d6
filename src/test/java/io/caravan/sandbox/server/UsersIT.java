package io.caravan.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several users, each with what was granted. */
@ExtendWith(SandboxExtension.class)
@Timeout(120)
final class UsersIT {

    private static final String PASSWORD = "Abcdef12";

    private final TestSandbox sandbox;

    UsersIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void users() throws SQLException {
        sandbox.execute(
                "CREATE USER users_ann PASSWORD '" + PASSWORD + "'",
                "CREATE USER users_bob WITH PASSWORD '" + PASSWORD
                        + "' NOCREATEDB CONNECTION LIMIT 5 VALID UNTIL '2999-01-01'",
                "CREATE SCHEMA hr",
                "CREATE TABLE hr.pay (id INTEGER, amount INTEGER)",
                "INSERT INTO hr.pay VALUES (1, 100)");
    }

    @AfterEach
    void noUsers() throws SQLException {
        sandbox.execute(
                "DROP SCHEMA IF EXISTS hr CASCADE",
                "DROP TABLE IF EXISTS public.anns CASCADE",
                "DROP USER IF EXISTS users_ann",
                "DROP USER IF EXISTS users_bob");
    }

    private Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(sandbox.url() + ";connectionTimezone=SERVER", user, password);
    }

    private void as(String user, String... statements) throws SQLException {
        try (Connection connection = connect(user, PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void denied(String user, String sql, String message) {
        assertThatThrownBy(() -> as(user, sql)).as(sql).hasMessageContaining(message);
    }

    @Test
    void everybodyHasAPasswordOfTheirOwn() throws SQLException {
        as("users_ann", "SELECT 1");
        sandbox.execute("ALTER USER users_ann PASSWORD 'Other-123'");
        denied("users_ann", "SELECT 1", "password authentication failed for user \"users_ann\"");
        connect("users_ann", "Other-123").close();
        sandbox.execute("ALTER USER users_ann PASSWORD DISABLE");
        assertThatThrownBy(() -> connect("users_ann", "Other-123"))
                .hasMessageContaining("password authentication failed");
        sandbox.execute("ALTER USER users_bob VALID UNTIL '2001-01-01'");
        denied("users_bob", "SELECT 1", "password authentication failed");
        denied("users_nobody", "SELECT 1", "password authentication failed for user \"users_nobody\"");
    }

    @Test
    void rightsAreThoseThatWereGranted() throws SQLException {
        denied("users_ann", "SELECT * FROM hr.pay", "permission denied for schema hr");
        sandbox.execute("GRANT USAGE ON SCHEMA hr TO users_ann");
        denied("users_ann", "SELECT * FROM hr.pay", "permission denied for relation pay");
        denied("users_ann", "INSERT INTO hr.pay VALUES (2, 2)", "permission denied for relation pay");
        denied("users_ann", "TRUNCATE hr.pay", "permission denied for relation pay");
        denied("users_ann", "DROP TABLE hr.pay", "must be owner of relation pay");
        denied("users_ann", "CREATE TABLE hr.t (a INTEGER)", "permission denied for schema hr");
        denied("users_ann", "CREATE SCHEMA s", "permission denied for database");
        denied("users_ann", "CREATE USER x PASSWORD 'Abcdef12'", "must be superuser to create users");
        denied("users_ann", "SET SESSION AUTHORIZATION awsuser", "permission denied to set session authorization");
        sandbox.execute("GRANT SELECT (id), UPDATE (id) ON hr.pay TO users_ann");
        as("users_ann", "SELECT id FROM hr.pay");
        denied("users_ann", "SELECT amount FROM hr.pay", "permission denied for relation pay");
        sandbox.execute("GRANT ALL ON TABLE hr.pay TO users_ann WITH GRANT OPTION");
        as(
                "users_ann",
                "INSERT INTO hr.pay VALUES (2, 2)",
                "UPDATE hr.pay SET amount = 3",
                "GRANT SELECT ON hr.pay TO users_bob");
        sandbox.execute("REVOKE ALL ON hr.pay FROM users_ann CASCADE");
        denied("users_ann", "SELECT * FROM hr.pay", "permission denied for relation pay");
        assertThat(sandbox.query("SELECT has_table_privilege('users_ann', 'hr.pay', 'select')"))
                .isEqualTo(List.of(List.of("f")));
        as("users_ann", "CREATE TABLE public.anns (a INTEGER)", "SELECT a FROM public.anns");
        sandbox.execute("SELECT a FROM public.anns");
        assertThatThrownBy(() -> sandbox.execute("DROP USER users_ann"))
                .hasMessageContaining("user \"users_ann\" can't be dropped because the user owns some object");
        sandbox.execute("ALTER TABLE public.anns OWNER TO users_bob");
        denied("users_ann", "SELECT a FROM public.anns", "permission denied for relation anns");
        as("users_bob", "DROP TABLE public.anns");
    }

    @Test
    void groupsRolesAndDefaultsHandRightsOn() throws SQLException {
        sandbox.execute("CREATE GROUP users_readers", "CREATE ROLE users_writer", "GRANT USAGE ON SCHEMA hr TO PUBLIC");
        try {
            sandbox.execute(
                    "GRANT SELECT ON ALL TABLES IN SCHEMA hr TO GROUP users_readers",
                    "ALTER GROUP users_readers ADD USER users_ann",
                    "GRANT INSERT ON hr.pay TO ROLE users_writer",
                    "GRANT ROLE users_writer TO users_bob");
            as("users_ann", "SELECT * FROM hr.pay");
            as("users_bob", "INSERT INTO hr.pay VALUES (5, 5)");
            denied("users_bob", "SELECT * FROM hr.pay", "permission denied for relation pay");
            assertThat(sandbox.query("SELECT groname FROM pg_group WHERE groname LIKE 'users_%'"))
                    .isEqualTo(List.of(List.of("users_readers")));
            assertThat(sandbox.query("SELECT user_name, role_name FROM svv_user_grants WHERE user_name LIKE 'users_%'"))
                    .isEqualTo(List.of(List.of("users_bob", "users_writer")));
            sandbox.execute(
                    "ALTER GROUP users_readers DROP USER users_ann",
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA hr GRANT SELECT ON TABLES TO users_ann",
                    "CREATE TABLE hr.later (a INTEGER)");
            denied("users_ann", "SELECT * FROM hr.pay", "permission denied for relation pay");
            as("users_ann", "SELECT a FROM hr.later");
            sandbox.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA hr REVOKE SELECT ON TABLES FROM users_ann");
        } finally {
            sandbox.execute("DROP SCHEMA hr CASCADE", "DROP GROUP users_readers", "DROP ROLE users_writer");
        }
    }

    @Test
    void aSettingOfTheUserHoldsFromTheNextLogin() throws SQLException {
        sandbox.execute("ALTER USER users_ann SET timezone TO 'Asia/Tokyo'");
        try (Connection connection = connect("users_ann", PASSWORD)) {
            assertThat(TestSandbox.query(connection, "SHOW timezone")).isEqualTo(List.of(List.of("Asia/Tokyo")));
        }
        sandbox.execute("ALTER USER users_ann RESET timezone");
        try (Connection connection = connect("users_ann", PASSWORD)) {
            assertThat(TestSandbox.query(connection, "SHOW timezone")).isEqualTo(List.of(List.of("UTC")));
        }
    }

    @Test
    void aSuperuserActsForAnother() throws SQLException {
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION users_ann");
            assertThat(TestSandbox.query(connection, "SELECT current_user")).isEqualTo(List.of(List.of("users_ann")));
            assertThatThrownBy(() -> statement.execute("SELECT * FROM hr.pay"))
                    .hasMessageContaining("permission denied");
            statement.execute("SET SESSION AUTHORIZATION DEFAULT");
            statement.execute("SELECT * FROM hr.pay");
        }
    }

    @Test
    void copyAssumesARoleOnlyWhereItMay() throws SQLException {
        String role = sandbox.sandbox().iamRole();
        String copy =
                "COPY hr.pay FROM 's3://" + sandbox.sandbox().stagingBucket() + "/none' IAM_ROLE '" + role + "' CSV";
        sandbox.execute("GRANT USAGE ON SCHEMA hr TO users_ann", "GRANT INSERT ON hr.pay TO users_ann");
        denied("users_ann", copy, "does not exist");
        sandbox.execute("REVOKE ASSUMEROLE ON ALL FROM PUBLIC FOR ALL");
        denied("users_ann", copy, "Not authorized to get credentials of role " + role);
        assertThat(sandbox.lines("SELECT has_assumerole_privilege('users_ann', '" + role + "', 'copy')"))
                .containsExactly("f");
        sandbox.execute("GRANT ASSUMEROLE ON '" + role + "' TO users_ann FOR COPY");
        denied("users_ann", copy, "does not exist");
        assertThat(sandbox.lines("SELECT has_assumerole_privilege('users_ann', '" + role + "', 'COPY')"))
                .containsExactly("t");
        denied("users_bob", "GRANT ASSUMEROLE ON ALL TO users_bob FOR ALL", "must be superuser");
        sandbox.execute("GRANT ASSUMEROLE ON ALL TO PUBLIC FOR ALL");
    }

    @Test
    void noPasswordIsLogged(@TempDir Path directory) throws Exception {
        try (Sandbox own = Sandbox.start(new SandboxOptions(directory, 0, 0));
                Connection connection = DriverManager.getConnection(own.url(), own.user(), own.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER a PASSWORD 'Secret-77'");
            assertThatThrownBy(() -> statement.execute("CREATE USER a PASSWORD 'Secret-77'"))
                    .hasMessageContaining("user \"a\" already exists");
            String hash = Passwords.hash("a", "Secret-77");
            assertThat(Files.readString(directory.resolve("redshift.log"))).doesNotContain("Secret-77", hash);
        }
    }

    @Test
    void viewsAreReadAndNeverWritten() throws SQLException {
        sandbox.execute(
                "CREATE VIEW hr.v AS SELECT id, amount FROM hr.pay",
                "CREATE OR REPLACE VIEW hr.v AS SELECT id, amount FROM hr.pay",
                "CREATE MATERIALIZED VIEW hr.mv BACKUP NO DISTSTYLE EVEN AUTO REFRESH NO AS SELECT id, amount FROM hr.pay",
                "INSERT INTO hr.pay VALUES (7, 7)");
        assertThat(sandbox.query("SELECT count(*) FROM hr.mv")).isEqualTo(List.of(List.of("1")));
        sandbox.execute("REFRESH MATERIALIZED VIEW hr.mv");
        assertThat(sandbox.query("SELECT count(*) FROM hr.mv")).isEqualTo(List.of(List.of("2")));
        assertThat(sandbox.query("SELECT relname, relkind FROM pg_class WHERE relname IN ('v', 'mv') ORDER BY 1"))
                .isEqualTo(List.of(List.of("mv", "v"), List.of("v", "v")));
        assertThat(sandbox.query("SELECT TRIM(name) FROM svv_mv_info")).isEqualTo(List.of(List.of("mv")));
        assertThat(sandbox.query("SELECT table_name, table_type FROM svv_tables WHERE table_schema = 'hr' ORDER BY 1"))
                .isEqualTo(List.of(List.of("mv", "VIEW"), List.of("pay", "BASE TABLE"), List.of("v", "VIEW")));
        String copy = "COPY hr.%s FROM 's3://" + sandbox.sandbox().stagingBucket() + "/k' IAM_ROLE 'arn' CSV";
        for (String sql : List.of(
                "INSERT INTO hr.%s VALUES (1, 1)",
                "UPDATE hr.%s SET amount = 1",
                "DELETE FROM hr.%s",
                "MERGE INTO hr.%1$s USING hr.pay ON hr.%1$s.id = pay.id WHEN MATCHED THEN DELETE"
                        + " WHEN NOT MATCHED THEN INSERT VALUES (1, 1)",
                "TRUNCATE hr.%s",
                copy)) {
            assertThatThrownBy(() -> sandbox.execute(String.format(sql, "v")))
                    .as(sql)
                    .hasMessageContaining("cannot insert into, update or delete from a view");
            assertThatThrownBy(() -> sandbox.execute(String.format(sql, "mv")))
                    .as(sql)
                    .hasMessageContaining("cannot change materialized view \"mv\"");
        }
        sandbox.execute("DROP MATERIALIZED VIEW hr.mv", "DROP VIEW hr.v");
    }

    @Test
    void theCatalogueIsNobodys() {
        for (String sql : List.of("DELETE FROM pg_catalog.pg_class", "DROP VIEW pg_catalog.svv_mv_info CASCADE")) {
            assertThatThrownBy(() -> sandbox.execute(sql)).as(sql).hasMessageContaining("is a system catalog");
        }
    }
}
