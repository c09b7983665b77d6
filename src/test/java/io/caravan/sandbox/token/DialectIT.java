package io.caravan.sandbox.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements mean, where Redshift and PostgreSQL differ on it. */
@ExtendWith(SandboxExtension.class)
final class DialectIT {

    private final TestSandbox sandbox;

    DialectIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT 'a\\\\b', 'it\\'s'                                        | [[a\\b, it's]]
                    SELECT dateadd(month, 2, '2024-01-31')                           | [[2024-03-31 00:00:00]]
                    SELECT dateadd(day, -1, DATE '2024-03-01')                       | [[2024-02-29 00:00:00]]
                    SELECT datediff(day, '2024-02-28', '2024-03-01')                 | [[2]]
                    SELECT datediff(hour, '2024-02-28 01:59:59', '2024-02-28 02:00') | [[1]]
                    SELECT left(version(), 16), position('Redshift' IN version()) > 0 | [[PostgreSQL 8.0.2, t]]
                    SELECT 1 AS a MINUS SELECT 1                                     | []
                    """)
    void expressionsMeanWhatRedshiftMeans(String sql, String rows) throws SQLException {
        assertThat(sandbox.query(sql)).hasToString(rows);
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_LISTAGG.html */
    @Test
    void listaggJoinsInOrder() throws SQLException {
        sandbox.execute(
                "CREATE TABLE listed (a VARCHAR(3), b INTEGER)",
                "INSERT INTO listed VALUES ('y', 2), ('x', 1), (NULL, 3)");
        assertThat(sandbox.query("SELECT listagg(a, ', ') WITHIN GROUP (ORDER BY b) FROM listed"))
                .isEqualTo(List.of(List.of("x, y")));
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html#r_Character_types-significance-of-trailing-blanks */
    @Test
    void trailingBlanksOfVarcharsMeanNothing() throws SQLException {
        sandbox.execute(
                "CREATE TABLE padded (a VARCHAR(9), n INTEGER)",
                "INSERT INTO padded VALUES ('x', 1), ('x  ', 2), (' x', 3)",
                "CREATE TABLE keys (a VARCHAR(20))",
                "INSERT INTO keys VALUES ('x ')");
        assertThat(sandbox.query("SELECT n FROM padded WHERE a = 'x ' ORDER BY n"))
                .hasToString("[[1], [2]]");
        assertThat(sandbox.query("SELECT n FROM padded WHERE a IN ('y', 'x') ORDER BY n"))
                .hasToString("[[1], [2]]");
        assertThat(sandbox.query("SELECT n FROM padded WHERE a <> 'x'")).hasToString("[[3]]");
        assertThat(sandbox.query("SELECT n FROM padded JOIN keys ON padded.a = keys.a ORDER BY n"))
                .hasToString("[[1], [2]]");
        assertThat(sandbox.query("SELECT count(*) FROM padded GROUP BY a ORDER BY 1"))
                .hasToString("[[1], [2]]");
        assertThat(sandbox.query("SELECT count(DISTINCT a) FROM padded")).hasToString("[[2]]");
        assertThat(sandbox.query(
                        "SELECT max(r) FROM (SELECT row_number() OVER (PARTITION BY a ORDER BY n) AS r FROM padded)"))
                .hasToString("[[2]]");
        assertThat(sandbox.query("SELECT n FROM padded WHERE a = upper('x') OR lower('x') = a ORDER BY n"))
                .hasToString("[[1], [2]]");
        assertThat(sandbox.query("SELECT octet_length(a) FROM padded ORDER BY n"))
                .hasToString("[[1], [3], [2]]");
        try (Connection connection = sandbox.connection();
                PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM padded WHERE a = ?")) {
            select.setString(1, "x   ");
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        }
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html */
    @Test
    void aVarcharGrowsOutsideOfTransactionsOnly() throws SQLException {
        sandbox.execute("CREATE TABLE grown (a VARCHAR(10))", "ALTER TABLE grown ALTER COLUMN a TYPE VARCHAR(20)");
        assertThatThrownBy(() -> sandbox.execute("ALTER TABLE grown ALTER COLUMN a TYPE VARCHAR(20)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining("target column size should be different");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("ALTER TABLE grown ALTER COLUMN a TYPE VARCHAR(30)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25001"));
        }
        sandbox.execute("INSERT INTO grown VALUES ('0123456789012345')");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html */
    @Test
    void aViewCannotBeWritten() throws SQLException {
        sandbox.execute("CREATE TABLE seen (id INTEGER)", "CREATE VIEW sight AS SELECT id FROM seen");
        for (String sql : List.of("INSERT INTO sight VALUES (1)", "DELETE FROM sight", "UPDATE sight SET id = 1")) {
            assertThatThrownBy(() -> sandbox.execute(sql)).hasMessageContaining("delete from a view");
        }
    }
}
