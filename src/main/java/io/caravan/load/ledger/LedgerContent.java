package io.caravan.load.ledger;

import static java.util.stream.Collectors.toCollection;

import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingSession;
import io.caravan.spi.Warehouse;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds loaded content by the ledger, with a query only for objects whose size, and the start of whose hash, the ledger has. The answer holds until the
 * load's commit: if other objects of the feed are dealt with meanwhile, the load begins again. Used by one thread.
 */
public final class LedgerContent implements SameContent {

    private final Feed feed;
    private final LedgerIndex index;
    private final Map<ObjectVersion, LoadedContent> lastLoaded = new HashMap<>();

    /**
     * Asks what was loaded last under the keys of objects, where a version of the same size may have been.
     *
     * @param index read by now
     */
    public LedgerContent(Feed feed, Warehouse warehouse, LedgerIndex index, Collection<ObjectVersion> objects) {
        this.feed = feed;
        this.index = index;
        Map<String, ObjectVersion> asked = new HashMap<>();
        objects.stream()
                .filter(object -> index.knows(object) && index.mayHaveSize(object.sizeBytes()))
                .forEach(object -> asked.put(object.key(), object));
        if (!asked.isEmpty()) {
            for (LoadedContent loaded : warehouse.findLoaded(feed.target(), feed.bucket(), asked.keySet())) {
                @Nullable ObjectVersion object = asked.get(loaded.object().key());
                if (object != null && object.sizeBytes() == loaded.object().sizeBytes()) {
                    lastLoaded.put(object, loaded);
                }
            }
        }
    }

    /** Returns a reader of the store's objects that computes the hash of each that is needed to compare it. */
    public ObjectReader reader(ObjectStore store) {
        return new ObjectReader() {
            @Override
            public Optional<ObjectBody> open(ObjectVersion version) {
                return needsMd5(version) ? store.openWithMd5(version) : store.open(version);
            }

            @Override
            public Ahead readAhead(ObjectVersion version, int maxBytes) {
                return needsMd5(version) ? () -> store.openWithMd5(version) : store.readAhead(version, maxBytes);
            }
        };
    }

    private boolean needsMd5(ObjectVersion object) {
        @Nullable LoadedContent loaded = lastLoaded.get(object);
        return loaded != null && loaded.needsMd5();
    }

    @Override
    public boolean mayBeLoaded(ObjectVersion object) {
        return lastLoaded.containsKey(object);
    }

    @Override
    public boolean isLoaded(ObjectVersion object, ContentHash hash) {
        @Nullable LoadedContent loaded = lastLoaded.get(object);
        return loaded != null && loaded.isSame(object.sizeBytes(), hash);
    }

    @Override
    public void findElsewhere(StagingSession session, List<ObjectTally> tallies) {
        Map<String, ObjectTally> read = new HashMap<>();
        Set<String> asked = tallies.stream()
                .filter(ObjectTally::isGood)
                .filter(tally -> tally.sha256() != null
                        && index.mayHaveContent(tally.object().sizeBytes(), tally.sha256()))
                .map(ObjectTally::sha256)
                .collect(toCollection(LinkedHashSet::new));
        List<LoadedContent> loaded = asked.isEmpty() ? List.of() : session.findLoaded(asked);
        for (ObjectTally tally : tallies) {
            @Nullable String hash = tally.sha256();
            if (!tally.isGood() || hash == null || tally.object().sizeBytes() == 0) {
                continue;
            }
            @Nullable ObjectTally before = read.putIfAbsent(hash, tally);
            if (before != null) {
                tally.repeats(before.object().key(), before, feed.objects().skipsRepeated());
            } else {
                loaded.stream()
                        .filter(other -> hash.equals(other.sha256()) && isElsewhere(other.object(), tally.object()))
                        .findFirst()
                        .ifPresent(other -> tally.repeats(
                                name(other.object()), null, feed.objects().skipsRepeated()));
            }
        }
    }

    /** Returns its key, with its bucket if that is another one than the feed's. */
    private String name(ObjectVersion object) {
        return object.bucket().equals(feed.bucket()) ? object.key() : object.uri();
    }

    /** Only where it is still the last version under its key: what another one has followed is not in the target any more. */
    private boolean isElsewhere(ObjectVersion loaded, ObjectVersion object) {
        boolean isSameKey = loaded.key().equals(object.key()) && loaded.bucket().equals(object.bucket());
        return !isSameKey && index.contains(loaded);
    }
}
