package io.caravan.route;

import io.caravan.load.ledger.Known;
import io.caravan.model.ObjectVersion;
import io.caravan.model.table.TableName;
import java.util.List;
import org.apache.camel.spi.IdempotentRepository;

/** What an endpoint's repository says of objects: the ledger tells more than any other. */
sealed interface DoneObjects {

    /** Returns what a repository says of the objects of one scope. */
    static DoneObjects of(IdempotentRepository repository, String scope) {
        return repository instanceof LedgerRepository ledger
                ? new InLedger(ledger, TableName.parse(scope))
                : new InRepository(repository, scope);
    }

    /** Looks what there is by now. */
    void look();

    /** Returns what is known of an object version. */
    Known find(ObjectVersion object);

    /** Returns those that are new, of objects that were {@linkplain Known#STORED_AGAIN stored again}. */
    List<ObjectVersion> findNew(List<ObjectVersion> storedAgain);

    /** In the ledger of a target. */
    record InLedger(LedgerRepository ledger, TableName target) implements DoneObjects {

        @Override
        public void look() {
            ledger.look(target);
        }

        @Override
        public Known find(ObjectVersion object) {
            return ledger.find(target, object);
        }

        @Override
        public List<ObjectVersion> findNew(List<ObjectVersion> storedAgain) {
            return ledger.findNew(target, storedAgain);
        }
    }

    /** In a repository of the user's own, which knows ids and no times. */
    record InRepository(IdempotentRepository repository, String scope) implements DoneObjects {

        @Override
        public void look() {}

        @Override
        public Known find(ObjectVersion object) {
            return repository.contains(ObjectId.of(scope, object).text()) ? Known.DONE : Known.NEW;
        }

        @Override
        public List<ObjectVersion> findNew(List<ObjectVersion> storedAgain) {
            return List.of();
        }
    }
}
