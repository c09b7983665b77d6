package io.caravan.route;

import io.caravan.load.ledger.Known;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.model.ObjectVersion;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The ledger as Camel's idempotent repository. It answers, and never writes: an object version enters the ledger in the
 * transaction that loads its rows, and in no other way.
 */
public final class LedgerRepository extends ServiceSupport implements IdempotentRepository {

    private final LedgerIndexes ledger;

    public LedgerRepository(LedgerIndexes ledger) {
        this.ledger = ledger;
    }

    /** Looks what the ledger says by now, unless that was done lately. */
    void look(TableName target) {
        ledger.look(target);
    }

    /** Returns what is known of an object version. */
    Known find(TableName target, ObjectVersion object) {
        return ledger.find(target, object);
    }

    /** Returns those that are new, of objects that were stored again. */
    List<ObjectVersion> findNew(TableName target, List<ObjectVersion> storedAgain) {
        return ledger.findNew(target, storedAgain);
    }

    /** Cannot tell when the object was stored; {@link #find} can. */
    @Override
    public boolean contains(String id) {
        ObjectId object = ObjectId.parse(id);
        ObjectVersion version = new ObjectVersion(object.bucket(), object.key(), object.etag(), 0, Instant.EPOCH);
        return find(TableName.parse(object.scope()), version) != Known.NEW;
    }

    @Override
    public boolean add(String id) {
        return !contains(id);
    }

    @Override
    public boolean confirm(String id) {
        return true;
    }

    @Override
    public boolean remove(String id) {
        return false;
    }

    /** Forgets nothing: the ledger outlives every route. */
    @Override
    public void clear() {}
}
