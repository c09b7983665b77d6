package io.caravan.load.unchanged;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A warehouse that makes texts of statements, and of which nothing changes: no load is recorded, so none leaves anything to do. */
public abstract class UnchangedWarehouse implements Warehouse {

    private final Warehouse warehouse;

    protected UnchangedWarehouse(Warehouse warehouse) {
        this.warehouse = requireNonNull(warehouse, "warehouse");
    }

    @Override
    public final void probe() {
        warehouse.probe();
    }

    @Override
    public final String ddl(NewTable table) {
        return warehouse.ddl(table);
    }

    @Override
    public final String ddl(TableName table, Column column, ColumnType type) {
        return warehouse.ddl(table, column, type);
    }

    @Override
    public final List<String> changes(TargetTable table, List<Column> wanted) {
        return warehouse.changes(table, wanted);
    }

    /** Does nothing: a ledger that is not there has no entries. */
    @Override
    public final void prepareLedger(TableName target) {}

    @Override
    public final void record(LoadRecord load) {
        throw changesNothing();
    }

    @Override
    public final boolean record(LoadRecord load, long position) {
        throw changesNothing();
    }

    @Override
    public final boolean isCommitted(TableName target, String loadId) {
        return false;
    }

    @Override
    public final Map<String, String> findUnsentDeadLetters() {
        return Map.of();
    }

    @Override
    public final void deadLettersSent(String loadId) {
        throw changesNothing();
    }

    @Override
    public final Map<String, String> findUntidied() {
        return Map.of();
    }

    @Override
    public final void readUntidied(TableName target, String loadId, BiConsumer<ObjectVersion, Outcome> action) {}

    @Override
    public final void tidied(String loadId) {
        throw changesNothing();
    }

    private static UnsupportedOperationException changesNothing() {
        return new UnsupportedOperationException("nothing of this warehouse changes");
    }
}
