package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.Column;
import io.caravan.model.ColumnType;
import io.caravan.model.ColumnType.Kind;
import io.caravan.model.TableName;
import io.caravan.model.TargetTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the shape of tables.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_COLUMNS.html">SVV_COLUMNS</a>
 */
final class Catalog {

    static final String COLUMNS =
            "SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, is_nullable,"
                    + " column_default FROM svv_columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position";

    /** Such a column fills itself, and takes no other value. */
    private static final Pattern IDENTITY = Pattern.compile("\"identity\"\\(");

    private Catalog() {}

    static TargetTable describe(Connection connection, TableName name) throws SQLException {
        List<Column> columns = new ArrayList<>();
        Jdbc.query(connection, COLUMNS, row -> column(name, row).ifPresent(columns::add), name.schema(), name.table());
        if (columns.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_NOT_FOUND,
                    "There is no table " + name
                            + " that the user of caravan.warehouse.user can see; create it, grant it, or correct the feed's 'table'");
        }
        return new TargetTable(name, columns);
    }

    /** Returns a column; empty for one that objects cannot fill: an identity, or of a type that Caravan does not load. */
    private static Optional<Column> column(TableName table, ResultSet row) throws SQLException {
        String name = row.getString("column_name");
        String type = row.getString("data_type").toLowerCase(Locale.ROOT);
        boolean nullable = !"NO".equalsIgnoreCase(row.getString("is_nullable"));
        boolean hasDefault = row.getString("column_default") != null;
        int length = row.getInt("character_maximum_length");
        Optional<ColumnType> known =
                switch (type) {
                    case "smallint" -> Optional.of(ColumnType.of(Kind.SMALLINT));
                    case "integer" -> Optional.of(ColumnType.of(Kind.INTEGER));
                    case "bigint" -> Optional.of(ColumnType.of(Kind.BIGINT));
                    case "numeric", "decimal" ->
                        Optional.of(ColumnType.decimal(row.getInt("numeric_precision"), row.getInt("numeric_scale")));
                    case "real" -> Optional.of(ColumnType.of(Kind.REAL));
                    case "double precision" -> Optional.of(ColumnType.of(Kind.DOUBLE));
                    case "boolean" -> Optional.of(ColumnType.of(Kind.BOOLEAN));
                    case "date" -> Optional.of(ColumnType.of(Kind.DATE));
                    case "timestamp without time zone" -> Optional.of(ColumnType.of(Kind.TIMESTAMP));
                    case "timestamp with time zone" -> Optional.of(ColumnType.of(Kind.TIMESTAMPTZ));
                    case "character" -> Optional.of(ColumnType.character(length));
                    case "character varying" -> Optional.of(ColumnType.varchar(length));
                    default -> Optional.empty();
                };
        if (IDENTITY.matcher(row.getString("column_default") == null ? "" : row.getString("column_default"))
                .lookingAt()) {
            return Optional.empty();
        }
        if (known.isEmpty() && !nullable && !hasDefault) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_TYPE_NOT_SUPPORTED,
                    "Column " + name + " of " + table + " is NOT NULL and of type " + type
                            + ", which Caravan does not load; give it a default");
        }
        return known.map(columnType -> new Column(name, columnType, nullable, hasDefault));
    }
}
