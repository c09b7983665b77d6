package io.caravan.load;

import io.caravan.model.LedgerMark;
import io.caravan.model.TableName;
import io.caravan.spi.Warehouse;

/**
 * What the ledger of one target says is done, as of the last look. Whoever acts on it asks the ledger again under its lock.
 */
final class LedgerIndex {

    private final Warehouse warehouse;
    private final TableName target;
    private final ObjectIndex index = new ObjectIndex();
    private long position;
    private boolean wasRead;
    private boolean prepared;

    LedgerIndex(Warehouse warehouse, TableName target) {
        this.warehouse = warehouse;
        this.target = target;
    }

    /**
     * Reads what the ledger has gained since the last look.
     *
     * @return the last ledger position; 0 if the ledger is empty
     */
    synchronized long refresh() {
        warehouse.readLedger(target, position, this::add);
        wasRead = true;
        return position;
    }

    /** Creates what the ledger lacks. */
    synchronized void prepare() {
        if (!prepared) {
            warehouse.prepareLedger(target);
            prepared = true;
        }
    }

    /** Returns whether this is the version last dealt with under its key; looks for the first time if nobody has. */
    synchronized boolean contains(String bucket, String key, String etag) {
        if (!wasRead) {
            refresh();
        }
        return index.contains(bucket, key, etag);
    }

    private void add(LedgerMark mark) {
        index.put(mark.bucket(), mark.key(), mark.etag());
        position = mark.position();
    }
}
