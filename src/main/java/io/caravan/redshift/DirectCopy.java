package io.caravan.redshift;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.MergePlan;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.CopyAccess;
import io.caravan.redshift.sql.DirectSql;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Has Redshift itself read one object, in a transaction of its own: a failed COPY ends it as a whole. */
final class DirectCopy {

    private final Connection connection;
    private final MergePlan plan;
    private final DirectObject object;

    DirectCopy(Connection connection, MergePlan plan, DirectObject object) {
        this.connection = connection;
        this.plan = plan;
        this.object = object;
    }

    DirectRows stage(CopyAccess access, String nullMarker, BooleanSupplier isUnchanged) throws SQLException {
        try {
            Jdbc.execute(connection, DirectSql.drop());
            Jdbc.execute(connection, DirectSql.create(object));
            Jdbc.execute(connection, DirectSql.copy(object, access, nullMarker));
        } catch (SQLException e) {
            return refused(e);
        }
        DirectRows rows = isUnchanged.getAsBoolean()
                ? insert()
                : DirectRows.doubtful("it is not the version that was listed any more");
        if (rows.areStaged()) {
            Jdbc.execute(connection, DirectSql.drop());
            connection.commit();
        } else {
            connection.rollback();
        }
        return rows;
    }

    private DirectRows refused(SQLException e) throws SQLException {
        if (RedshiftFailures.isConnectionLost(e)) {
            throw e;
        }
        try {
            connection.rollback();
        } catch (SQLException failure) {
            e.addSuppressed(failure);
            throw e;
        }
        CaravanException reason = RedshiftFailures.translate("COPY from the object", e);
        return reason.code() == ErrorCode.WAREHOUSE_REFUSED_ROWS
                ? DirectRows.doubtful("COPY refuses a record")
                : new DirectRows(0, reason.getMessage(), false);
    }

    private DirectRows insert() throws SQLException {
        List<Long> counts = counts();
        long rows = counts.get(0);
        // Behind each field stands one byte: a delimiter, or the line feed.
        long bytes = counts.get(1) + rows * object.fields().size();
        if (bytes != object.recordsBytes()) {
            return DirectRows.doubtful("its records have " + object.recordsBytes() + " bytes and COPY has loaded "
                    + bytes + ", so that it has left something out, an empty line for one");
        }
        for (int field = 1; field <= object.fields().size(); field++) {
            long doubts = counts.get(field + 1);
            if (doubts > 0) {
                return DirectRows.doubtful(
                        doubts + " of " + rows + " rows have a value in field " + field + " that is not plain");
            }
        }
        Jdbc.execute(connection, DirectSql.insert(object, plan.stagedColumns()));
        if (plan.policy().mode().comparesKeys()
                && !plan.keys().isEmpty()
                && Jdbc.queryLong(connection, DirectSql.countRepeatedKeys(object, plan)) > 0) {
            return DirectRows.doubtful("rows share their matching keys");
        }
        return DirectRows.staged(rows);
    }

    /** Returns how many rows there are, how many bytes their fields have, and how many rows each field makes doubtful. */
    private List<Long> counts() throws SQLException {
        List<Long> counts = new ArrayList<>();
        Jdbc.query(connection, DirectSql.countDoubts(object), row -> {
            for (int i = 0; i <= object.fields().size() + 1; i++) {
                counts.add(row.getLong(i + 1));
            }
        });
        return counts;
    }
}
