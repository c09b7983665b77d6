package io.caravan.route;

import io.caravan.load.feed.Found;
import io.caravan.load.feed.Scope;
import io.caravan.load.ledger.Known;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.route.poll.Deliverer;
import io.caravan.route.poll.IncompleteFolders;
import io.caravan.route.poll.LeftAlone;
import io.caravan.spi.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final IncompleteFolders incomplete;
    private final @Nullable Deliverer deliverer;

    /** What was found last of a feed with a marker, by what stands for it. */
    private final Map<ObjectVersion, Delivery> deliveries = new HashMap<>();

    private final AtomicReference<@Nullable Instant> newestListed = new AtomicReference<>();

    NewObjects(ObjectStore store, Feed feed, IdempotentRepository repository) {
        this.store = store;
        this.feed = feed;
        this.repository = repository;
        this.done = DoneObjects.of(repository, feed.target().toString());
        this.leftAlone = new LeftAlone(feed.name());
        this.incomplete = new IncompleteFolders(feed.name());
        this.deliverer = feed.objects().marker() == null ? null : new Deliverer(store, feed);
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
        Map<String, ObjectVersion> markers = new HashMap<>();
        LongAdder listed = new LongAdder();
        LongAdder unwanted = new LongAdder();
        Consumer<ObjectVersion> look = object -> {
            listed.increment();
            if (feed.objects().isMarker(object.key())) {
                markers.put(Delivery.folder(object.key()), object);
                unwanted.increment();
                return;
            }
            Known known = done.find(object);
            if (known != Known.DONE && !isWanted(object)) {
                unwanted.increment();
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
        if (deliverer != null) {
            return new Found(deliver(deliverer, markers, found), listed.sum(), unwanted.sum());
        }
        found.sort(feed.objects().order()::compare);
        return new Found(found, listed.sum(), unwanted.sum());
    }

    /** Returns what stands for the deliveries that are complete; the objects of others are not found yet. */
    private List<ObjectVersion> deliver(Deliverer all, Map<String, ObjectVersion> markers, List<ObjectVersion> found) {
        all.look(markers, found);
        incomplete.found(all.incomplete());
        deliveries.clear();
        all.complete().forEach(delivery -> deliveries.put(delivery.asObject(), delivery));
        return all.complete().stream().map(Delivery::asObject).toList();
    }

    /** Returns whether what is found are deliveries. */
    boolean areDeliveries() {
        return deliverer != null;
    }

    /** Returns the delivery that something found stands for; empty if that was found before the last look, and is no more. */
    Optional<Delivery> delivery(ObjectVersion found) {
        return Optional.ofNullable(deliveries.get(found));
    }

    /** Returns the deliveries that things found stand for. */
    List<Delivery> deliveries(List<ObjectVersion> found) {
        return found.stream().flatMap(object -> delivery(object).stream()).toList();
    }

    /** Returns the objects that things found stand for: themselves, or those of their deliveries. */
    List<ObjectVersion> standingFor(List<ObjectVersion> found) {
        return found.stream().flatMap(object -> objects(object).stream()).toList();
    }

    private List<ObjectVersion> objects(ObjectVersion found) {
        return delivery(found).map(Delivery::objects).orElse(List.of(found));
    }

    /**
     * Cuts what was found into groups, each of which is to be one load; keeps the order.
     *
     * @param isSuspect whether an object may have ended the process
     */
    List<List<ObjectVersion>> cut(List<ObjectVersion> found, Predicate<ObjectVersion> isSuspect) {
        // A folder is one load, however large it is; of several snapshots only the newest is read.
        boolean isAlone = areDeliveries() && !feed.merge().mode().isSnapshot();
        return ObjectGroups.cut(
                found,
                object -> isAlone || objects(object).stream().anyMatch(isSuspect),
                feed.limits().maxObjectsPerLoad(),
                feed.limits().maxBytesPerLoad());
    }

    /** Returns the folders whose objects wait for their marker; for any thread. */
    List<IncompleteFolder> incomplete() {
        return incomplete.all();
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
