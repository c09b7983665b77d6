package io.caravan.load.publish;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.key.KeyWish;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.Ledger;
import io.caravan.spi.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a feed that are loaded by the ledger and still listed by the store.
 *
 * @param objects these object versions, oldest first
 * @param loadedAt when the ledger got each, by its key
 * @param rows records read of all of them
 * @param bytes their size as stored
 * @param others objects under the prefix that readers see, and that are not loaded
 * @param firstOther one of them, for people; null if there is none
 * @param lastLoad id of the load that was the last one with any of them; null if there are none
 */
record LoadedObjects(
        List<ObjectVersion> objects,
        Map<String, Instant> loadedAt,
        long rows,
        long bytes,
        long others,
        @Nullable String firstOther,
        @Nullable String lastLoad) {

    /** Queries the store and the ledger. */
    static LoadedObjects of(Feed feed, List<Feed> all, Ledger ledger, ObjectStore store) {
        Map<String, ObjectState> known = new HashMap<>();
        ObjectFilter ofFeed = new ObjectFilter(FeedEntries.of(feed, all), null, null, null, null, null);
        ledger.read(ofFeed, false, Long.MAX_VALUE, state -> {
            if (state.outcome().isOfObject()) {
                known.putIfAbsent(state.key(), state);
            }
        });
        Collected collected = new Collected(known);
        feed.prefixes().forEach(prefix -> store.list(feed.bucket(), prefix, object -> collected.add(feed, object)));
        collected.objects.sort(ObjectVersion.OLDEST_FIRST);
        return new LoadedObjects(
                collected.objects,
                collected.loadedAt,
                collected.rows,
                collected.bytes,
                collected.others,
                collected.firstOther,
                collected.last == null ? null : collected.last.load());
    }

    /** Returns when the ledger got the last of them; the beginning of time if there is none. */
    Instant latest() {
        return loadedAt.values().stream().max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private static final class Collected {

        private final Map<String, ObjectState> known;
        private final List<ObjectVersion> objects = new ArrayList<>();
        private final Map<String, Instant> loadedAt = new HashMap<>();
        private long rows;
        private long bytes;
        private long others;
        private @Nullable String firstOther;
        private @Nullable ObjectState last;

        Collected(Map<String, ObjectState> known) {
            this.known = known;
        }

        void add(Feed feed, ObjectVersion object) {
            @Nullable ObjectState state = known.get(object.key());
            boolean isLoaded = state != null
                    && state.etag().equals(object.etag())
                    && (state.outcome() == Outcome.LOADED || state.outcome() == Outcome.UNCHANGED);
            if (!isLoaded || state == null) {
                addOther(feed, object);
                return;
            }
            objects.add(object);
            loadedAt.put(object.key(), state.at());
            rows += state.read();
            bytes += object.sizeBytes();
            if (last == null || state.at().isAfter(last.at())) {
                last = state;
            }
        }

        /** Names that begin so are left alone by readers, too. */
        private void addOther(Feed feed, ObjectVersion object) {
            String name = object.key().substring(object.key().lastIndexOf('/') + 1);
            if (object.sizeBytes() > 0 && !name.startsWith("_") && !name.startsWith(".")) {
                others++;
                if (firstOther == null) {
                    firstOther = object.uri()
                            + (feed.wish(object) == KeyWish.UNWANTED ? ", which the feed does not take" : "");
                }
            }
        }
    }
}
