package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The vendor's driver finds what it asks the catalogue for. */
@ExtendWith(SandboxExtension.class)
@Timeout(120)
final class MetadataIT {

    /** What the driver itself has not. */
    private static final Set<String> NOT_IN_THE_DRIVER =
            Set.of("getAttributes", "getPseudoColumns", "getSuperTables", "getSuperTypes", "getRowIdLifetime");

    private final TestSandbox sandbox;

    MetadataIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void tables() throws SQLException {
        sandbox.execute(
                "CREATE SCHEMA IF NOT EXISTS meta",
                "DROP TABLE IF EXISTS meta.child, meta.parent CASCADE",
                "CREATE TABLE meta.parent (id INTEGER NOT NULL, k2 VARCHAR(10), name VARCHAR(20) UNIQUE, PRIMARY KEY (k2, id))",
                """
                CREATE TABLE meta.child (id BIGINT IDENTITY(1,1) PRIMARY KEY, p INT, pk2 VARCHAR(10), b BOOLEAN DEFAULT true,
                c CHAR(3), d DECIMAL(12,3), e DATE, f TIMESTAMP DEFAULT getdate(), g TIMESTAMPTZ, h REAL, i DOUBLE PRECISION,
                j SMALLINT, l TIME, m TIMETZ,
                CONSTRAINT to_parent FOREIGN KEY (pk2, p) REFERENCES meta.parent (k2, id))""",
                "COMMENT ON COLUMN meta.child.d IS 'amount'",
                "CREATE VIEW meta.v AS SELECT id, name FROM meta.parent",
                "CREATE VIEW meta.late AS SELECT id AS late_id FROM meta.parent WITH NO SCHEMA BINDING");
    }

    @Test
    void everyMethodAnswers() throws Exception {
        try (Connection connection = sandbox.connection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            for (Method method : DatabaseMetaData.class.getMethods()) {
                if (!NOT_IN_THE_DRIVER.contains(method.getName())) {
                    for (boolean named : new boolean[] {false, true}) {
                        assertThatCode(() -> call(metaData, method, named))
                                .as("%s, named %s", method, named)
                                .doesNotThrowAnyException();
                    }
                }
            }
        }
    }

    private static void call(DatabaseMetaData metaData, Method method, boolean named) throws Throwable {
        Object[] arguments = new Object[method.getParameterCount()];
        int texts = 0;
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == String.class && named) {
                arguments[i] = List.of("", "meta", "child", "%").get(texts++ % 3 == 0 ? 0 : texts > 3 ? 3 : texts - 1);
                arguments[i] = "".equals(arguments[i]) ? null : arguments[i];
            } else if (type == int.class) {
                arguments[i] = 1;
            } else if (type == boolean.class) {
                arguments[i] = true;
            } else if (type == Class.class) {
                arguments[i] = DatabaseMetaData.class;
            }
        }
        try {
            if (method.invoke(metaData, arguments) instanceof ResultSet rows) {
                while (rows.next()) {
                    rows.getString(1);
                }
                rows.close();
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SQLFeatureNotSupportedException)) {
                throw e.getCause();
            }
        }
    }

    @Test
    void keysAreToldInTheirOrder() throws SQLException {
        try (Connection connection = sandbox.connection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(rows(metaData.getPrimaryKeys(null, "meta", "parent"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                    .containsExactly("k2 1 parent_pkey", "id 2 parent_pkey");
            assertThat(rows(metaData.getPrimaryKeys(null, "meta", "child"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                    .containsExactly("id 1 child_pkey");
            List<String> expected =
                    List.of("parent k2 child pk2 1 to_parent parent_pkey", "parent id child p 2 to_parent parent_pkey");
            String[] columns = {
                "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ", "FK_NAME", "PK_NAME"
            };
            assertThat(rows(metaData.getImportedKeys(null, "meta", "child"), columns))
                    .isEqualTo(expected);
            assertThat(rows(metaData.getExportedKeys(null, "meta", "parent"), columns))
                    .isEqualTo(expected);
            assertThat(rows(metaData.getCrossReference(null, "meta", "parent", null, "meta", "child"), columns))
                    .isEqualTo(expected);
            assertThat(rows(metaData.getBestRowIdentifier(null, "meta", "child", 1, false), "COLUMN_NAME"))
                    .containsExactly("id");
        }
        sandbox.execute(
                "ALTER TABLE meta.parent DROP CONSTRAINT parent_pkey",
                "ALTER TABLE meta.parent RENAME COLUMN k2 TO k3",
                "ALTER TABLE meta.parent ADD CONSTRAINT other PRIMARY KEY (k3)");
        try (Connection connection = sandbox.connection()) {
            assertThat(rows(connection.getMetaData().getPrimaryKeys(null, "meta", "parent"), "COLUMN_NAME", "PK_NAME"))
                    .containsExactly("k3 other");
        }
    }

    @Test
    void columnsAreToldWithTypesSizesAndDefaults() throws SQLException {
        try (Connection connection = sandbox.connection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(rows(
                            metaData.getColumns(null, "meta", "child", "%"),
                            "COLUMN_NAME",
                            "DATA_TYPE",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "IS_NULLABLE",
                            "REMARKS"))
                    .containsExactly(
                            "id -5 int8 19 0 NO null",
                            "p 4 int4 10 0 YES null",
                            "pk2 12 varchar 10 0 YES null",
                            "b -7 bool 1 0 YES null",
                            "c 1 bpchar 3 0 YES null",
                            "d 2 numeric 12 3 YES amount",
                            "e 91 date 13 0 YES null",
                            "f 93 timestamp 29 6 YES null",
                            "g 2014 timestamptz 35 0 YES null",
                            "h 7 float4 8 8 YES null",
                            "i 8 float8 17 17 YES null",
                            "j 5 int2 5 0 YES null",
                            "l 92 time 15 0 YES null",
                            "m 2013 timetz 21 6 YES null");
            assertThat(rows(metaData.getColumns(null, "meta", "child", "_"), "COLUMN_NAME", "COLUMN_DEF"))
                    .contains("b true", "f getdate()");
            assertThat(rows(metaData.getColumns(null, "meta", "child", "id"), "COLUMN_DEF"))
                    .singleElement()
                    .asString()
                    .contains("\"identity\"(");
            assertThat(rows(metaData.getColumns(null, "meta", "late", "%"), "COLUMN_NAME", "TYPE_NAME"))
                    .containsExactly("late_id int4");
            assertThat(rows(
                            metaData.getTables(null, "meta", "%", new String[] {"TABLE", "VIEW"}),
                            "TABLE_NAME",
                            "TABLE_TYPE"))
                    .containsExactlyInAnyOrder("child TABLE", "parent TABLE", "v VIEW", "late VIEW");
            assertThat(rows(metaData.getTables(null, "me_a", "p%", new String[] {"TABLE"}), "TABLE_NAME"))
                    .containsExactly("parent");
            assertThat(rows(metaData.getSchemas(), "TABLE_SCHEM"))
                    .contains("meta", "public", "pg_catalog")
                    .noneMatch(schema -> schema.startsWith("sandbox"));
        }
    }

    @Test
    void aliasesOfTheSelectListAreKnownToItsRestButAColumnComesFirst() throws SQLException {
        sandbox.execute(
                "DROP TABLE IF EXISTS aliased",
                "CREATE TABLE aliased (a INTEGER, b INTEGER)",
                "INSERT INTO aliased VALUES (1, 10), (2, 20), (3, 30)");
        record Case(String sql, String rows) {}
        List<Case> cases = List.of(
                new Case("SELECT a + 1 AS x FROM aliased WHERE x > 3", "[[4]]"),
                new Case("SELECT a + 1 AS x, x * 2 AS y FROM aliased WHERE y = 6", "[[3, 6]]"),
                new Case("SELECT a * 10 AS a FROM aliased WHERE a = 2", "[[20]]"),
                new Case("SELECT a + 1 AS b FROM aliased WHERE b = 20", "[[3]]"),
                new Case("SELECT min(a) AS a, max(a) AS b FROM aliased", "[[1, 3]]"),
                new Case("SELECT sum(a) AS s, s * 2 AS d FROM aliased", "[[6, 12]]"),
                new Case(
                        "SELECT row_number() OVER (ORDER BY a) AS n, n + 1 AS m FROM aliased ORDER BY n LIMIT 1",
                        "[[1, 2]]"),
                new Case("SELECT x FROM (SELECT a AS x FROM aliased) WHERE x = 2", "[[2]]"),
                new Case("SELECT x + 1 AS y FROM (SELECT a AS x FROM aliased) WHERE y = 2", "[[2]]"),
                new Case(
                        "SELECT l.a AS id, l.b + r.b AS t FROM aliased l JOIN aliased r USING (a) WHERE t = 40 AND a = 2",
                        "[[2, 40]]"),
                new Case("SELECT CASE WHEN a = 1 THEN 1WHEN a = 2 THEN 2ELSE 3 END FROM aliased WHERE a = 2", "[[2]]"));
        for (Case c : cases) {
            assertThat(sandbox.query(c.sql()).toString()).as(c.sql()).isEqualTo(c.rows());
        }
    }

    @Test
    void theCatalogueHasRedshiftsColumns() throws SQLException {
        for (String query : List.of(
                "SELECT relname, relhasoids FROM pg_class WHERE relname = 'child'",
                "SELECT d.adsrc FROM pg_catalog.pg_attrdef d WHERE d.adsrc = 'getdate()'",
                "SELECT usename, usesuper, usecatupd FROM pg_user WHERE usename = 'awsuser'",
                "SELECT reloid FROM pg_class_info WHERE relname = 'child'",
                "SELECT datname FROM pg_database_info WHERE datname = 'dev'",
                "SELECT schema_name FROM svv_all_schemas WHERE schema_name = 'meta'",
                "SELECT column_name FROM svv_all_columns WHERE table_name = 'late' AND column_name = 'late_id'",
                "SELECT column_name FROM svv_redshift_columns WHERE table_name = 'child' AND column_name = 'id'",
                "SELECT table_name FROM information_schema.tables WHERE table_name = 'child'",
                "SELECT constraint_name FROM information_schema.table_constraints WHERE constraint_name = 'to_parent'",
                "SELECT column_name FROM information_schema.key_column_usage WHERE constraint_name = 'child_pkey'")) {
            assertThat(sandbox.query(query)).as(query).hasSize(1);
        }
        for (String empty : List.of("svv_external_schemas", "svv_external_tables", "svv_external_columns")) {
            assertThat(sandbox.query("SELECT * FROM " + empty)).isEmpty();
        }
    }

    private static List<String> rows(ResultSet result, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (result) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (String column : columns) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
