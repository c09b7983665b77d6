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
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the staged rows of a load with its target, as far as its mode needs that. */
public final class Comparison {

    /**
     * So few rows are compared before anything else is asked, and without statistics: these tell a planner what to do with many
     * rows, and ANALYZE is a statement of its own.
     */
    static final long FEW = 1_000;

    /** So few columns have room for one more in a table of changes, and are sorted with little effort. */
    private static final int FEW_COLUMNS = 500;

    private final Connection connection;
    private final CreatedStaging created;
    private final MergePlan plan;

    public Comparison(Connection connection, CreatedStaging created) {
        this.connection = connection;
        this.created = created;
        this.plan = created.plan();
    }

    /** Returns whether a comparison of so few rows can come first, as it needs to know nothing of the target. */
    public boolean comesFirst(long stagedRows) {
        return stagedRows <= FEW
                && plan.columns().size() <= FEW_COLUMNS
                && switch (plan.policy().mode().matching()) {
                    case NOT_LOOKED_FOR, REPLACED -> false;
                    case LEFT, UPDATED, AS_THE_ROW_SAYS, ENDED ->
                        !plan.policy().mode().isSnapshot() && !created.has(StagingTable.REPLAYED);
                };
    }

    /** Makes the table of changes for few rows: it says how many rows of the target each of them meets. */
    public void compareFew() throws SQLException {
        created.require(connection, StagingTable.ROWS);
        Jdbc.execute(connection, ChangesSql.createCounted(plan));
    }

    /**
     * Implements {@link io.caravan.spi.TargetSession#findChanges}.
     *
     * @param first the outcome of {@link #compareFew}; null if that has not been done
     */
    public TargetChanges find(
            @Nullable FoundChanges first,
            long targetRows,
            Map<Integer, Long> stagedRows,
            @Nullable Snapshot snapshot,
            Set<Integer> overtaken)
            throws SQLException {
        Mode mode = plan.policy().mode();
        return switch (mode.matching()) {
            case NOT_LOOKED_FOR -> new TargetChanges(everyRow(stagedRows), Way.AS_USUAL);
            case REPLACED -> replace(stagedRows, targetRows, snapshot);
            case LEFT, UPDATED, AS_THE_ROW_SAYS, ENDED ->
                targetRows == 0 && mode.insertsAllIntoEmpty() && first == null
                        ? new TargetChanges(everyRow(stagedRows), Way.INTO_EMPTY)
                        : new TargetChanges(compare(first, stagedRows, snapshot, overtaken), Way.AS_USUAL);
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
                        created.require(connection, StagingTable.ROWS);
                        created.require(connection, StagingTable.REJECTED);
                        Jdbc.execute(connection, KeptSql.drop());
                        Jdbc.execute(connection, KeptSql.create(plan, snapshot.rejecting()));
                        yield Jdbc.queryLong(connection, KeptSql.countOthers(plan));
                    }
                    case EVERYTHING -> {
                        created.require(connection, StagingTable.ROWS);
                        yield Jdbc.queryLong(connection, KeptSql.countStaged(plan));
                    }
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

    private Map<Integer, ChangeCounts> compare(
            @Nullable FoundChanges first,
            Map<Integer, Long> stagedRows,
            @Nullable Snapshot snapshot,
            Set<Integer> overtaken)
            throws SQLException {
        if (first == null) {
            created.require(connection, StagingTable.ROWS);
            if (stagedRows.values().stream().mapToLong(rows -> rows).sum() > FEW) {
                Jdbc.execute(connection, StagingSql.analyzeRows());
            }
            Jdbc.execute(connection, ChangesSql.create(plan));
        }
        if (snapshot != null && snapshot.stays() != Stays.EVERYTHING) {
            Jdbc.update(connection, ChangesSql.addMissing(plan), snapshot.number());
        }
        if (snapshot != null && snapshot.stays() == Stays.REJECTED) {
            created.require(connection, StagingTable.REJECTED);
            for (int object : snapshot.rejecting()) {
                Jdbc.update(connection, KeptSql.deleteFromMissing(plan), object);
            }
        }
        boolean isChanged = holdBack(overtaken) || snapshot != null;
        FoundChanges found = first == null || isChanged ? FoundChanges.read(connection, first != null) : first;
        found.requireStaged(stagedRows);
        if (found.areKeysRepeated() || (first == null && meetsOthers(found.met()))) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_KEYS_REPEAT,
                    plan.target() + " already holds rows that share the matching keys "
                            + plan.keys().stream().map(Column::name).toList()
                            + "; remove them, or choose keys that tell its rows apart");
        }
        return found.byObject();
    }

    /** Without a match nothing can have met two rows; a table that only grows is spared the query. */
    private boolean meetsOthers(long met) throws SQLException {
        return met > 0 && Jdbc.queryLong(connection, ChangesSql.countMatched(plan)) != met;
    }

    /** Returns whether there are rows to hold back. */
    private boolean holdBack(Set<Integer> objects) throws SQLException {
        Optional<String> holdBack = objects.isEmpty() ? Optional.empty() : ChangesSql.holdBack(plan, objects);
        if (holdBack.isEmpty()) {
            return false;
        }
        Jdbc.execute(connection, holdBack.get());
        created.require(connection, StagingTable.REJECTED);
        Jdbc.execute(connection, ChangesSql.rejectHeldBack());
        return true;
    }
}
