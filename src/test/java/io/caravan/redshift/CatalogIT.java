package io.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.UnloadedColumn;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the catalog says of tables, and of what is none. */
@ExtendWith(SandboxExtension.class)
final class CatalogIT {

    private final TestSandbox sandbox;
    private final RedshiftWarehouse warehouse;

    CatalogIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.warehouse = new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url(),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password(),
                        1,
                        null),
                false);
    }

    @AfterEach
    void disconnect() {
        warehouse.close();
    }

    @Test
    void everyColumnHasItsTypeLengthAndDefault() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.shapes (id BIGINT IDENTITY(1, 1), si SMALLINT NOT NULL, i INTEGER DEFAULT 7,"
                        + " bi BIGINT NOT NULL DEFAULT 8, de DECIMAL(12, 4), wide DECIMAL(38, 37), plain DECIMAL,"
                        + " re REAL, db DOUBLE PRECISION, bo BOOLEAN DEFAULT FALSE, da DATE, ts TIMESTAMP, tz TIMESTAMPTZ,"
                        + " ch CHAR(6), vc VARCHAR(65535), short VARCHAR, ti TIME, tt TIMETZ, su SUPER,"
                        + " vb VARBYTE, place GEOMETRY, gone INTEGER)",
                "ALTER TABLE public.shapes DROP COLUMN gone");

        var shape = warehouse.describe(new TableName("public", "shapes"));

        assertThat(shape.columns())
                .containsExactly(
                        new Column("si", ColumnType.of(Kind.SMALLINT), false, false),
                        new Column("i", ColumnType.of(Kind.INTEGER), true, true),
                        new Column("bi", ColumnType.of(Kind.BIGINT), false, true),
                        new Column("de", ColumnType.decimal(12, 4), true, false),
                        new Column("wide", ColumnType.decimal(38, 37), true, false),
                        new Column("plain", ColumnType.decimal(18, 0), true, false),
                        new Column("re", ColumnType.of(Kind.REAL), true, false),
                        new Column("db", ColumnType.of(Kind.DOUBLE), true, false),
                        new Column("bo", ColumnType.of(Kind.BOOLEAN), true, true),
                        new Column("da", ColumnType.of(Kind.DATE), true, false),
                        new Column("ts", ColumnType.of(Kind.TIMESTAMP), true, false),
                        new Column("tz", ColumnType.of(Kind.TIMESTAMPTZ), true, false),
                        new Column("ch", ColumnType.character(6), true, false),
                        new Column("vc", ColumnType.varchar(65_535), true, false),
                        new Column("short", ColumnType.varchar(256), true, false),
                        new Column("ti", ColumnType.of(Kind.TIME), true, false),
                        new Column("tt", ColumnType.of(Kind.TIMETZ), true, false),
                        new Column("su", ColumnType.of(Kind.SUPER), true, false),
                        new Column("vb", ColumnType.varbyte(64_000), true, false));
        assertThat(shape.unloaded())
                .containsExactly(UnloadedColumn.identity("id"), UnloadedColumn.ofType("place", "GEOMETRY"));
    }

    @Test
    void aColumnThatMustBeFilledAndCannotIsAMistake() throws SQLException {
        sandbox.execute("CREATE TABLE public.needy (id INTEGER, place GEOMETRY NOT NULL)");

        refuses(
                "needy",
                ErrorCode.TARGET_TYPE_NOT_SUPPORTED,
                "Column place of public.needy is NOT NULL and of type GEOMETRY");
    }

    @Test
    void aViewIsNoTable() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.behind (id INTEGER)",
                "CREATE VIEW public.seen AS SELECT id FROM public.behind",
                "CREATE VIEW public.late AS SELECT id FROM public.behind WITH NO SCHEMA BINDING");

        for (String view : new String[] {"seen", "late"}) {
            refuses(view, ErrorCode.TARGET_NOT_A_TABLE, "public." + view + " is a view");
        }
        refuses("nothing", ErrorCode.TARGET_NOT_FOUND, "There is no table public.nothing");
    }

    @Test
    void whoOwnsNothingOfATableIsToldTheSame() throws SQLException {
        String password = "Abcdef12";
        sandbox.execute(
                "CREATE TABLE public.numbered (id BIGINT IDENTITY(1, 1), given BIGINT GENERATED BY DEFAULT AS IDENTITY(5, 2),"
                        + " \"" + "a".repeat(127) + "\" INTEGER DEFAULT 7)",
                "CREATE USER catalog_stranger PASSWORD '" + password + "'");
        RedshiftWarehouse strangers = new RedshiftWarehouse(
                new ConnectionSettings(sandbox.url(), "catalog_stranger", password, 1, null), false);
        try {
            for (RedshiftWarehouse seenBy : List.of(warehouse, strangers)) {
                var shape = seenBy.describe(new TableName("public", "numbered"));

                assertThat(shape.columns())
                        .containsExactly(
                                new Column("given", ColumnType.of(Kind.BIGINT), false, true),
                                new Column("a".repeat(127), ColumnType.of(Kind.INTEGER), true, true));
                assertThat(shape.unloaded()).containsExactly(UnloadedColumn.identity("id"));
            }
        } finally {
            strangers.close();
            sandbox.execute("DROP USER catalog_stranger");
        }
    }

    private void refuses(String table, ErrorCode code, String message) {
        assertThatThrownBy(() -> warehouse.describe(new TableName("public", table)))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code))
                .hasMessageStartingWith(message);
    }
}
