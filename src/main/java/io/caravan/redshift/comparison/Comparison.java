package io.caravan.redshift.comparison;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.Mode;
import io.caravan.model.table.Column;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.ChangesSql;
import io.caravan.redshift.sql.KeptSql;
import io.caravan.redshift.sql.StagingSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the staged rows of a load with its target, as far as its mode needs that. */
public final class Comparison {

    private final Connection connection;
    private final MergePlan plan;

    public Comparison(Connection connection, MergePlan plan) {
        this.connection = connection;
        this.plan = plan;
    }

    /** Implements {@link io.caravan.spi.TargetSession#findChanges}. */
    public TargetChanges find(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken)
            throws SQLException {
        Mode mode = plan.policy().mode();
        return switch (mode.matching()) {
            case NOT_LOOKED_FOR -> new TargetChanges(everyRow(stagedRows), Way.AS_USUAL);
            case REPLACED -> replace(stagedRows, targetRows, snapshot);
            case LEFT, UPDATED, AS_THE_ROW_SAYS, ENDED ->
                targetRows == 0 && mode.insertsAllIntoEmpty()
                        ? new TargetChanges(everyRow(stagedRows), Way.INTO_EMPTY)
                        : new TargetChanges(compare(snapshot, overtaken), Way.AS_USUAL);
        };
    }

    /** Nothing to compare: every staged row goes in. */
    private static Map<Integer, ChangeCounts> everyRow(Map<Integer, Long> stagedRows) {
        Map<Integer, ChangeCounts> changes = new HashMap<>();
        stagedRows.forEach((object, rows) -> changes.put(object, new ChangeCounts(rows, 0, 0, 0, 0)));
        return changes;
    }

    /** And every row of the target out, but for those that stay. */
    private TargetChanges replace(Map<Integer, Long> stagedRows, long targetRows, @Nullable Snapshot snapshot)
            throws SQLException {
        Map<Integer, ChangeCounts> changes = everyRow(stagedRows);
        if (snapshot == null) {
            return new TargetChanges(changes, Way.AS_USUAL);
        }
        Stays stays = targetRows == 0 ? Stays.NOTHING : snapshot.stays();
        long gone =
                switch (stays) {
                    case NOTHING -> targetRows;
                    case REJECTED -> {
                        Jdbc.execute(connection, KeptSql.drop());
                        Jdbc.execute(connection, KeptSql.create(plan, snapshot.rejecting()));
                        yield Jdbc.queryLong(connection, KeptSql.countOthers(plan));
                    }
                    case EVERYTHING -> Jdbc.queryLong(connection, KeptSql.countStaged(plan));
                };
        return new TargetChanges(changes, way(stays)).plus(snapshot.number(), new ChangeCounts(0, 0, 0, 0, gone));
    }

    private static Way way(Stays stays) {
        return switch (stays) {
            case NOTHING -> Way.AS_USUAL;
            case REJECTED -> Way.KEEPING_REJECTED;
            case EVERYTHING -> Way.REPLACING_STAGED;
        };
    }

    private Map<Integer, ChangeCounts> compare(@Nullable Snapshot snapshot, Set<Integer> overtaken)
            throws SQLException {
        Jdbc.execute(connection, StagingSql.analyzeRows());
        Jdbc.execute(connection, ChangesSql.create(plan));
        if (snapshot != null && snapshot.stays() != Stays.EVERYTHING) {
            Jdbc.update(connection, ChangesSql.addMissing(plan), snapshot.number());
        }
        if (snapshot != null && snapshot.stays() == Stays.REJECTED) {
            for (int object : snapshot.rejecting()) {
                Jdbc.update(connection, KeptSql.deleteFromMissing(plan), object);
            }
        }
        holdBack(overtaken);
        Map<Integer, ChangeCounts> changes = new HashMap<>();
        Map<Integer, Long> byAction = new HashMap<>();
        Jdbc.query(connection, ChangesSql.count(), row -> {
            changes.merge(row.getInt(1), counts(row.getInt(2), row.getLong(3)), ChangeCounts::plus);
            byAction.merge(row.getInt(2), row.getLong(3), Long::sum);
        });
        requireOneRowForEachKey(ChangesSql.MEETING.stream()
                .mapToLong(action -> byAction.getOrDefault(action, 0L))
                .sum());
        return changes;
    }

    /** Without a match nothing can have met two rows; a table that only grows is spared the query. */
    private void requireOneRowForEachKey(long matches) throws SQLException {
        if (matches > 0 && Jdbc.queryLong(connection, ChangesSql.countMatched(plan)) != matches) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_KEYS_REPEAT,
                    plan.target() + " already holds rows that share the matching keys "
                            + plan.keys().stream().map(Column::name).toList()
                            + "; remove them, or choose keys that tell its rows apart");
        }
    }

    private void holdBack(Set<Integer> objects) throws SQLException {
        Optional<String> holdBack = objects.isEmpty() ? Optional.empty() : ChangesSql.holdBack(plan, objects);
        if (holdBack.isPresent()) {
            Jdbc.execute(connection, holdBack.get());
            Jdbc.execute(connection, ChangesSql.rejectHeldBack());
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
