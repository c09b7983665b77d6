package io.caravan.sandbox;

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

/** The types that PostgreSQL has not, or has otherwise. */
@ExtendWith(SandboxExtension.class)
final class TypesIT {

    private final TestSandbox sandbox;

    TypesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void tablesHaveThem() throws SQLException {
        sandbox.execute(
                "CREATE TABLE rare (id INTEGER, s SUPER, v VARBYTE(16), b BINARY VARYING, g GEOMETRY, w GEOGRAPHY, h HLLSKETCH,"
                        + " t TIME, z TIMETZ, y INTERVAL YEAR TO MONTH, d INTERVAL DAY TO SECOND (3))",
                "ALTER TABLE rare ADD COLUMN more SUPER",
                "INSERT INTO rare (id, t, z, y, d) VALUES (1, '10:11:12.5', '10:11:12+02', INTERVAL '1-2' YEAR TO MONTH,"
                        + " INTERVAL '2 days' DAY TO SECOND)");

        assertThat(sandbox.query("SELECT id, s, v, g, h, t, z, more FROM rare").get(0))
                .containsExactly("1", null, null, null, null, "10:11:12.5", "10:11:12+02", null);
        assertThat(sandbox.lines("SELECT column_name, data_type FROM svv_columns WHERE table_name = 'rare'"
                        + " ORDER BY ordinal_position"))
                .startsWith(
                        "id integer",
                        "s super",
                        "v varbyte",
                        "b varbyte",
                        "g geometry",
                        "w geography",
                        "h hllsketch",
                        "t time without time zone",
                        "z time with time zone",
                        "y interval")
                .endsWith("more super");
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT s, v, g, w, h FROM rare")) {
            assertThat(List.of(1, 2, 3, 4, 5).stream().map(column -> {
                        try {
                            return result.getMetaData().getColumnTypeName(column);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .containsExactly("super", "varbyte", "geometry", "geography", "hllsketch");
        }
    }

    @Test
    void aSuperIsJson() throws SQLException {
        sandbox.execute("CREATE TABLE documents (id INTEGER, s SUPER)");
        sandbox.execute(
                "INSERT INTO documents SELECT 1, JSON_PARSE('{ \"b\": [1,  2.50, null], \"a\": \"x y\\\\\" z\" }')",
                "INSERT INTO documents SELECT 2, JSON_PARSE('{\"a\":\"x y\\\\\" z\",\"b\":[1,2.5,null]}')",
                "INSERT INTO documents SELECT 3, CAST('{}' AS VARCHAR)",
                "INSERT INTO documents VALUES (4, 17)");
        try (Connection connection = sandbox.connection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO documents VALUES (5, JSON_PARSE(?))")) {
            insert.setString(1, "[true]");
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }

        assertThat(sandbox.lines("SELECT s FROM documents ORDER BY id"))
                .containsExactly(
                        "{\"b\":[1,2.50,null],\"a\":\"x y\\\" z\"}",
                        "{\"a\":\"x y\\\" z\",\"b\":[1,2.5,null]}",
                        "\"{}\"",
                        "17",
                        "[true]");
        assertThat(sandbox.lines("SELECT a.id, b.id FROM documents a JOIN documents b ON a.s = b.s AND a.id < b.id"))
                .containsExactly("1 2");
        assertThat(sandbox.lines("SELECT LEN(JSON_SERIALIZE(s)) FROM documents WHERE id = 5"))
                .containsExactly("6");
        assertThatThrownBy(() -> sandbox.execute("INSERT INTO documents VALUES (6, 'text')"))
                .hasMessageContaining("not supported by the sandbox");
        assertThatThrownBy(() -> sandbox.execute("INSERT INTO documents SELECT 6, JSON_PARSE('{')"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void bytesAreShownAsDigits() throws SQLException {
        sandbox.execute(
                "CREATE TABLE bytes (id INTEGER, v VARBYTE)",
                "INSERT INTO bytes SELECT 1, FROM_HEX('61FF')",
                "INSERT INTO bytes SELECT 2, CAST('abc' AS VARCHAR(10))",
                "INSERT INTO bytes SELECT 3, CAST(5 AS INTEGER)::VARBYTE");

        assertThat(sandbox.lines("SELECT v FROM bytes ORDER BY v")).containsExactly("00000005", "616263", "61ff");
        assertThat(sandbox.lines("SELECT COUNT(DISTINCT v), MIN(id) FROM bytes WHERE v = FROM_HEX('61ff')"))
                .containsExactly("1 1");
    }

    @Test
    void copyReadsThem() throws SQLException {
        try (TestSandbox part = sandbox.part("rare")) {
            part.execute("CREATE TABLE copied (id INTEGER, s SUPER, v VARBYTE, t TIME, g GEOMETRY)");
            part.put("good", "1,\"{\"\"a\"\": [1, 2.50]}\",61FF,10:11:12.5,0101\n2,,,,\n3,\"\"\"x\"\"\",,09:00:00,\n");
            part.execute("COPY copied FROM 's3://" + part.bucket() + "/good' IAM_ROLE 'x' CSV");
            assertThat(part.lines("SELECT * FROM copied ORDER BY id"))
                    .containsExactly(
                            "1 {\"a\":[1,2.50]} 61ff 10:11:12.5 0101",
                            "2 null null null null",
                            "3 \"x\" null 09:00:00 null");

            part.put("bad", "1,{,,,\n2,,6g,,\n3,,616,,\n4,,,25:00:00,\n5,{} {},,,\n");
            part.execute("COPY copied FROM 's3://" + part.bucket() + "/bad' IAM_ROLE 'x' CSV MAXERROR 10");
            assertThat(part.lines(
                            "SELECT line_number, TRIM(column_name), error_code FROM sys_load_error_detail ORDER BY 1"))
                    .containsExactly("1 s 1224", "2 v 1207", "3 v 1207", "4 t 1206", "5 s 1224");
        }
    }
}
