package io.caravan.load.preview;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.unchanged.UnchangedWarehouse;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.table.Column;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadSession;
import io.caravan.spi.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse of which nothing changes: what is to be created or changed is noted, and is there for whoever asks here. Used by
 * one thread.
 */
public final class PlannedWarehouse extends UnchangedWarehouse {

    private final Warehouse warehouse;
    private final boolean isOffline;
    private final List<String> changes = new ArrayList<>();
    private @Nullable NewTable created;
    private @Nullable TargetTable evolved;
    private final List<Column> added = new ArrayList<>();
    private boolean hasLedger;

    /**
     * Begins with the warehouse as it is.
     *
     * @param isOffline whether it is not asked for anything but the text of statements: then no table is there yet
     */
    public PlannedWarehouse(Warehouse warehouse, boolean isOffline) {
        super(warehouse);
        this.warehouse = warehouse;
        this.isOffline = isOffline;
    }

    /** Returns the statements that would create or change the target, in their order; offline nobody knows them. */
    public List<String> changes() {
        return isOffline ? List.of() : List.copyOf(changes);
    }

    /** Returns how the target is compared with. */
    private PlannedTarget planned() {
        return created == null
                ? new PlannedTarget(true, added)
                : new PlannedTarget(false, evolved == null ? created.shape().columns() : evolved.columns());
    }

    @Override
    public TargetTable describe(TableName name) {
        if (evolved != null) {
            return evolved;
        }
        if (created != null) {
            return created.shape();
        }
        if (isOffline) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_NOT_FOUND, "The warehouse is not asked for " + name);
        }
        return warehouse.describe(name);
    }

    @Override
    public void create(NewTable table) {
        created = table;
        changes.add(warehouse.ddl(table));
    }

    @Override
    public TargetTable evolve(TableName name, List<Column> wanted) {
        TargetTable table = describe(name);
        changes.addAll(warehouse.changes(table, wanted));
        Map<String, Column> columns = new LinkedHashMap<>();
        table.columns().forEach(column -> columns.put(fold(column.name()), column));
        for (Column column : wanted) {
            @Nullable Column there = columns.get(fold(column.name()));
            if (there == null) {
                Column fresh = new Column(column.name(), column.type(), true, false);
                columns.put(fold(column.name()), fresh);
                added.add(fresh);
            } else if (there.type().kind() == column.type().kind()
                    && column.type().length() > there.type().length()) {
                columns.put(
                        fold(column.name()),
                        new Column(there.name(), column.type(), there.nullable(), there.hasDefault()));
            }
        }
        evolved = new TargetTable(name, List.copyOf(columns.values()), table.unloaded());
        return evolved;
    }

    @Override
    public void readLedger(TableName target, long position, Consumer<LedgerMark> action) {
        if (!isOffline) {
            warehouse.readLedger(target, position, mark -> {
                hasLedger = true;
                action.accept(mark);
            });
        }
    }

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names) {
        return hasLedger ? warehouse.findNewest(feed, names) : Optional.empty();
    }

    @Override
    public List<LoadedContent> findLoaded(TableName target, String bucket, Collection<String> keys) {
        return hasLedger ? warehouse.findLoaded(target, bucket, keys) : List.of();
    }

    @Override
    public long countLost(TableName target) {
        return warehouse.countLost(target);
    }

    @Override
    public void readRows(TableName name, List<Column> columns, Consumer<List<@Nullable String>> action) {
        warehouse.readRows(name, columns, action);
    }

    @Override
    public LoadSession open(Feed feed) {
        return warehouse.preview(feed, planned());
    }

    @Override
    public LoadSession preview(Feed feed, PlannedTarget planned) {
        return warehouse.preview(feed, planned);
    }

    @Override
    public void readEndedLoads(String firstId, Consumer<String> action) {
        warehouse.readEndedLoads(firstId, action);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
