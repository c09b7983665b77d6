package io.caravan.route;

import io.caravan.load.Found;
import io.caravan.load.Scope;
import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/** Finds the object versions of an endpoint that its repository does not have. Used by one thread, but for {@link #newestListed}. */
final class NewObjects {

    private final S3ObjectsEndpoint endpoint;
    private final IdempotentRepository repository;
    private final DoneObjects done;
    private final AtomicReference<@Nullable Instant> newestListed = new AtomicReference<>();

    NewObjects(S3ObjectsEndpoint endpoint, IdempotentRepository repository) {
        this.endpoint = endpoint;
        this.repository = repository;
        this.done = DoneObjects.of(repository, endpoint.getIdempotentScope());
    }

    /** Returns those that are new; asks the ledger about the ones of which it may say something else by now. */
    Found find(Scope scope) {
        done.look();
        return list(scope, true);
    }

    /** Returns those that are new as far as is known, oldest first; asks the ledger nothing. */
    List<ObjectVersion> findKnown() {
        return list(new Scope(List.of(endpoint.getPrefix())), false).fresh();
    }

    /** Returns when the store got the newest object of all that were listed; null if there was none. */
    @Nullable
    Instant newestListed() {
        return newestListed.get();
    }

    private Found list(Scope scope, boolean asksAgain) {
        List<ObjectVersion> found = new ArrayList<>();
        List<ObjectVersion> storedAgain = new ArrayList<>();
        LongAdder listed = new LongAdder();
        Consumer<ObjectVersion> look = object -> {
            listed.increment();
            newestListed.accumulateAndGet(object.lastModified(), NewObjects::later);
            switch (done.find(object)) {
                case NEW -> found.add(object);
                case STORED_AGAIN -> storedAgain.add(object);
                case DONE -> {}
            }
        };
        scope.prefixes().forEach(prefix -> endpoint.store().list(endpoint.getBucket(), prefix, look));
        if (asksAgain && !storedAgain.isEmpty()) {
            found.addAll(done.findNew(storedAgain));
        }
        found.sort(endpoint.getOrderBy()::compare);
        return new Found(found, listed.sum());
    }

    /** Tells the repository that objects are done. */
    void confirm(List<ObjectVersion> objects) {
        for (ObjectVersion object : objects) {
            repository.add(id(object));
            repository.confirm(id(object));
        }
    }

    private String id(ObjectVersion object) {
        return ObjectId.of(endpoint.getIdempotentScope(), object).text();
    }

    private static Instant later(@Nullable Instant known, Instant other) {
        return known == null || known.isBefore(other) ? other : known;
    }
}
