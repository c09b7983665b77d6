package io.caravan.load;

import io.caravan.model.LedgerMark;
import io.caravan.model.Outcome;
import io.caravan.model.TableName;
import io.caravan.spi.Warehouse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger of one target says is done, as of the last look. Whoever acts on it asks the ledger again under its lock.
 */
final class LedgerIndex {

    /** Differs from every ETag. */
    private static final String NO_ETAG = "";

    /** What the versions of an object have in common. */
    private record ObjectName(String bucket, String key) {}

    private final Warehouse warehouse;
    private final TableName target;
    private final ObjectIndex index = new ObjectIndex();

    /** Keys whose last version is to be tried again; few. */
    private final Set<ObjectName> triedAgain = new HashSet<>();

    /** The ETags of those of them that failed. */
    private final Map<ObjectName, String> failed = new HashMap<>();

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

    /** Returns whether the ledger knows the object, but wants it tried again. */
    synchronized boolean isTriedAgain(String bucket, String key) {
        return triedAgain.contains(new ObjectName(bucket, key));
    }

    /** Returns whether the version last dealt with under the key is this one, and has failed; looks likewise. */
    synchronized boolean isFailed(String bucket, String key, String etag) {
        if (!wasRead) {
            refresh();
        }
        return etag.equals(failed.get(new ObjectName(bucket, key)));
    }

    private void add(LedgerMark mark) {
        position = mark.position();
        if (!mark.outcome().isOfObject()) {
            return;
        }
        ObjectName name = new ObjectName(mark.bucket(), mark.key());
        if (mark.outcome() == Outcome.FAILED) {
            failed.put(name, mark.etag());
        } else {
            failed.remove(name);
        }
        if (mark.outcome().isDone()) {
            index.put(mark.bucket(), mark.key(), mark.etag());
            triedAgain.remove(name);
        } else {
            index.put(mark.bucket(), mark.key(), NO_ETAG);
            triedAgain.add(name);
        }
    }
}
