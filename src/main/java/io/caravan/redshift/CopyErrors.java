package io.caravan.redshift;

import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.CopySql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.spi.RefusedRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the warehouse's view of the records that COPY has refused. */
final class CopyErrors {

    private CopyErrors() {}

    /** Shows the refused records of data files whose addresses begin with a folder. */
    static void read(Connection jdbc, String folder, Consumer<RefusedRecord> action) throws SQLException {
        Jdbc.query(jdbc, CopySql.readRefused(), row -> action.accept(refused(row)), SqlText.startingWith(folder));
    }

    private static RefusedRecord refused(ResultSet row) throws SQLException {
        @Nullable String column = row.getString(3);
        return new RefusedRecord(
                row.getString(1),
                row.getLong(2),
                column == null || column.isEmpty() ? null : column,
                "COPY refused it with error " + row.getInt(4) + ": " + row.getString(5));
    }
}
