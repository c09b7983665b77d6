package io.caravan.redshift.comparison;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ChangeCounts;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.ChangesSql;
import io.caravan.redshift.sql.LookSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The counts of the changes that a comparison has found, with those of the rows that it has compared. */
public final class FoundChanges {

    private final Map<Integer, ChangeCounts> byObject = new HashMap<>();
    private final Map<Integer, Long> staged = new TreeMap<>();
    private long met;
    private boolean areKeysRepeated;

    /** Reads them from the table of changes; {@link LookSql#changes} has the parameter. */
    static FoundChanges read(Connection connection, boolean areCounted) throws SQLException {
        FoundChanges found = new FoundChanges();
        Jdbc.query(connection, LookSql.changes(areCounted), found::add);
        return found;
    }

    /** Adds a row of the answer. */
    public void add(ResultSet row) throws SQLException {
        long rows = row.getLong(2);
        int object = row.getInt(3);
        if (row.getInt(1) == LookSql.STAGED) {
            staged.put(object, rows);
            return;
        }
        int action = row.getInt(4);
        byObject.merge(object, counts(action, rows), ChangeCounts::plus);
        if (ChangesSql.MEETING.contains(action)) {
            met += rows;
            areKeysRepeated |= row.getLong(5) > 1;
        }
    }

    Map<Integer, ChangeCounts> byObject() {
        return byObject;
    }

    /** Returns how many of the changed rows meet a row of the target. */
    long met() {
        return met;
    }

    /** Returns whether one is known to meet several. */
    boolean areKeysRepeated() {
        return areKeysRepeated;
    }

    /**
     * Requires that what was compared is what was sent: a row that got lost would pass for an unchanged one.
     *
     * @param sent the rows of each object
     */
    void requireStaged(Map<Integer, Long> sent) {
        Map<Integer, Long> expected = new TreeMap<>(sent);
        expected.values().removeIf(rows -> rows == 0);
        if (!expected.equals(staged)) {
            throw new RetryableException(
                    ErrorCode.COUNTS_DO_NOT_ADD_UP,
                    "The counts do not add up, so nothing is committed: the rows of each object are " + expected
                            + ", and the staging table has " + staged);
        }
    }

    private static ChangeCounts counts(int action, long rows) {
        return switch (action) {
            case ChangesSql.INSERT -> new ChangeCounts(rows, 0, 0, 0, 0);
            case ChangesSql.UPDATE -> new ChangeCounts(0, rows, 0, 0, 0);
            case ChangesSql.DELETE -> new ChangeCounts(0, 0, rows, 0, 0);
            case ChangesSql.STALE, ChangesSql.LEFT -> new ChangeCounts(0, 0, 0, rows, 0);
            case ChangesSql.MISSING -> new ChangeCounts(0, 0, 0, 0, rows);
            case ChangesSql.OVERTAKEN -> new ChangeCounts(0, 0, 0, 0, 0, rows);
            default -> throw new IllegalStateException("unknown action " + action);
        };
    }
}
