package io.caravan.redshift;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement that somebody has written by hand, over a connection that commits each statement by itself. */
final class OwnStatement {

    private static final Set<Integer> NUMBERS = Set.of(
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.DECIMAL);

    /** What of a value is not its text. */
    private static final Set<Integer> KEPT =
            Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL, Types.BIT, Types.BOOLEAN);

    private OwnStatement() {}

    /** Runs the statement, and returns the number of rows that it returned or changed. */
    static long run(Connection connection, String sql, long limit, SqlRows rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows((int) Math.min(limit, Integer.MAX_VALUE));
            if (!statement.execute(sql)) {
                return Math.max(0, statement.getUpdateCount());
            }
            try (ResultSet result = statement.getResultSet()) {
                return read(result, rows);
            }
        }
    }

    private static long read(ResultSet result, SqlRows rows) throws SQLException {
        ResultSetMetaData data = result.getMetaData();
        List<SqlRows.Column> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new SqlRows.Column(data.getColumnLabel(i), NUMBERS.contains(data.getColumnType(i))));
        }
        rows.begin(columns);
        long count = 0;
        while (result.next()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                values.add(KEPT.contains(data.getColumnType(i)) ? result.getObject(i) : result.getString(i));
            }
            rows.add(values);
            count++;
        }
        return count;
    }
}
