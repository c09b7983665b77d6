package io.caravan.route;

import io.caravan.load.Loads;
import io.caravan.model.TableName;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The ledger as Camel's idempotent repository. It answers, and never writes: an object version enters the ledger in the
 * transaction that loads its rows, and in no other way.
 */
public final class LedgerRepository extends ServiceSupport implements IdempotentRepository {

    private final Loads loads;

    public LedgerRepository(Loads loads) {
        this.loads = loads;
    }

    /**
     * Looks what the ledger says by now, with one query.
     *
     * @param scope the target table
     */
    void look(String scope) {
        loads.look(TableName.parse(scope));
    }

    @Override
    public boolean contains(String id) {
        ObjectId object = ObjectId.parse(id);
        return loads.isDone(TableName.parse(object.scope()), object.bucket(), object.key(), object.etag());
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
