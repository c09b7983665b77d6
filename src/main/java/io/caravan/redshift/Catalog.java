package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.model.table.UnloadedColumn;
import io.caravan.redshift.connection.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads table definitions from the catalog tables that Redshift has from PostgreSQL 8, as
 * <a href="https://github.com/aws/amazon-redshift-jdbc-driver">AWS's driver</a> does. Every user sees all of it, while
 * SVV_COLUMNS may hide a column's default from users who do not own the table; and no external schema slows it down.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_intro_catalog_views.html">Querying the catalog tables</a>
 */
public final class Catalog {

    /** Also finds a late-binding view, which has no attributes. */
    public static final String COLUMNS = "SELECT c.relkind, a.attname, t.typname, a.atttypmod, a.attnotnull,"
            + " pg_catalog.pg_get_expr(d.adbin, d.adrelid)\n"
            + "FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
            + " LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " LEFT JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid"
            + " LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum\n"
            + "WHERE n.nspname = ? AND c.relname = ? ORDER BY a.attnum";

    private static final String TABLE = "r";

    /** So begins the default of a column that fills itself, and takes no other value. */
    private static final String IDENTITY = "\"identity\"(";

    /** What stands before a length in the modifier of a type. */
    private static final int MODIFIER_HEADER = 4;

    /**
     * What a VARBYTE holds where its size is not told.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html">VARBYTE type</a>
     */
    private static final int USUAL_VARBYTE = 64_000;

    private final TableName table;
    private final List<Column> columns = new ArrayList<>();
    private final List<UnloadedColumn> unloaded = new ArrayList<>();

    private Catalog(TableName table) {
        this.table = table;
    }

    static TargetTable describe(Connection connection, TableName name) throws SQLException {
        Catalog catalog = new Catalog(name);
        Jdbc.query(connection, COLUMNS, catalog::add, name.schema(), name.table());
        if (catalog.columns.isEmpty()) {
            throw catalog.unloaded.isEmpty()
                    ? new InvalidConfigurationException(
                            ErrorCode.TARGET_NOT_FOUND,
                            "There is no table " + name + " that the user of caravan.warehouse.user can see; create it,"
                                    + " grant it, or correct the feed's 'table'")
                    : new InvalidConfigurationException(
                            ErrorCode.TARGET_TYPE_NOT_SUPPORTED,
                            "Table " + name + " has no column that Caravan loads; give it one");
        }
        return new TargetTable(name, catalog.columns, catalog.unloaded);
    }

    private void add(ResultSet row) throws SQLException {
        requireTable(row.getString(1));
        @Nullable String name = row.getString(2);
        if (name == null) {
            return;
        }
        String type = row.getString(3);
        boolean nullable = !row.getBoolean(5);
        @Nullable String defaultValue = row.getString(6);
        if (defaultValue != null && defaultValue.startsWith(IDENTITY)) {
            unloaded.add(UnloadedColumn.identity(name));
            return;
        }
        Optional<ColumnType> known = type(type, row.getInt(4) - MODIFIER_HEADER);
        if (known.isPresent()) {
            columns.add(new Column(name, known.get(), nullable, defaultValue != null));
        } else if (nullable || defaultValue != null) {
            unloaded.add(UnloadedColumn.ofType(name, type.toUpperCase(Locale.ROOT)));
        } else {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_TYPE_NOT_SUPPORTED,
                    "Column " + name + " of " + table + " is NOT NULL and of type " + type.toUpperCase(Locale.ROOT)
                            + ", which Caravan does not load; give it a default");
        }
    }

    /** A view over a table is none, nor is one that is late-binding or materialized: nothing can be written into it. */
    private void requireTable(String kind) {
        if (!kind.equals(TABLE)) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_NOT_A_TABLE,
                    table + " is "
                            + (kind.equals("v") || kind.equals("m") ? "a view" : "no table (relkind " + kind + ")")
                            + ", into which no rows can be loaded; let the feed's 'table' be the table behind it");
        }
    }

    /**
     * Returns a type that Caravan loads.
     *
     * @param size its length; of a NUMERIC the precision in the upper 16 bits, and the scale in the lower ones
     */
    private static Optional<ColumnType> type(String name, int size) {
        return Arrays.stream(Kind.values())
                .filter(kind -> nameOf(kind).equals(name))
                .findFirst()
                .flatMap(kind -> switch (kind) {
                    case DECIMAL -> sized(size, () -> ColumnType.decimal(size >> 16, size & 0xFFFF));
                    case VARBYTE -> Optional.of(ColumnType.varbyte(size > 0 ? size : USUAL_VARBYTE));
                    case CHAR -> sized(size, () -> ColumnType.character(size));
                    case VARCHAR -> sized(size, () -> ColumnType.varchar(size));
                    case SMALLINT,
                            INTEGER,
                            BIGINT,
                            REAL,
                            DOUBLE,
                            BOOLEAN,
                            DATE,
                            TIMESTAMP,
                            TIMESTAMPTZ,
                            TIME,
                            TIMETZ,
                            SUPER -> Optional.of(ColumnType.of(kind));
                });
    }

    /** Returns the name of a type in {@code pg_type}. */
    private static String nameOf(Kind kind) {
        return switch (kind) {
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case DECIMAL -> "numeric";
            case REAL -> "float4";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case TIME -> "time";
            case TIMETZ -> "timetz";
            case SUPER -> "super";
            case VARBYTE -> "varbyte";
            case CHAR -> "bpchar";
            case VARCHAR -> "varchar";
        };
    }

    /** Every column of Redshift has a size, be it the default one. */
    private static Optional<ColumnType> sized(int size, Supplier<ColumnType> type) {
        return size > 0 ? Optional.of(type.get()) : Optional.empty();
    }
}
