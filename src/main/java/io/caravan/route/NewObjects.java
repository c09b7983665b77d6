package io.caravan.route;

import io.caravan.load.feed.Found;
import io.caravan.load.feed.Scope;
import io.caravan.load.ledger.Known;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.spi.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object versions that a feed wants and its repository does not have. The repository is asked first: most objects of a
 * bucket are done, and cost nothing more. Used by one thread, but for {@link #newestListed}.
 */
final class NewObjects {

    private final ObjectStore store;
    private final Feed feed;
    private final IdempotentRepository repository;
    private final DoneObjects done;
    private final LeftAlone leftAlone;
    private final AtomicReference<@Nullable Instant> newestListed = new AtomicReference<>();

    NewObjects(ObjectStore store, Feed feed, IdempotentRepository repository) {
        this.store = store;
        this.feed = feed;
        this.repository = repository;
        this.done = DoneObjects.of(repository, feed.target().toString());
        this.leftAlone = new LeftAlone(feed.name());
    }

    /** Returns those that are new; asks the ledger about the ones of which it may say something else by now. */
    Found find(Scope scope) {
        done.look();
        return list(scope, true);
    }

    /** Returns those that are new as far as is known, oldest first; asks the ledger nothing. */
    List<ObjectVersion> findKnown() {
        return list(new Scope(feed.prefixes()), false).fresh();
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
            Known known = done.find(object);
            if (known != Known.DONE && !isWanted(object)) {
                return;
            }
            newestListed.accumulateAndGet(object.lastModified(), NewObjects::later);
            switch (known) {
                case NEW -> found.add(object);
                case STORED_AGAIN -> storedAgain.add(object);
                case DONE -> {}
            }
        };
        scope.prefixes().forEach(prefix -> store.list(feed.bucket(), prefix, look));
        if (asksAgain && !storedAgain.isEmpty()) {
            found.addAll(done.findNew(storedAgain));
        }
        leftAlone.tell();
        found.sort(feed.objects().order()::compare);
        return new Found(found, listed.sum());
    }

    private boolean isWanted(ObjectVersion object) {
        KeyWish wish = feed.wish(object);
        if (wish == KeyWish.NO_DATA) {
            leftAlone.add(object);
        }
        return wish == KeyWish.WANTED;
    }

    /** Tells the repository that objects are done. */
    void confirm(List<ObjectVersion> objects) {
        for (ObjectVersion object : objects) {
            repository.add(id(object));
            repository.confirm(id(object));
        }
    }

    private String id(ObjectVersion object) {
        return ObjectId.of(feed.target().toString(), object).text();
    }

    private static Instant later(@Nullable Instant known, Instant other) {
        return known == null || known.isBefore(other) ? other : known;
    }
}
