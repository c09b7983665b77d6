package io.caravan.app.check;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.spi.ObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A feed's bucket, with the objects that the feed would take: listed when they are asked for, and once if all of them are. */
final class FeedBucket {

    private final ObjectStore store;
    private final Feed feed;
    private @Nullable List<ObjectVersion> all;

    FeedBucket(ObjectStore store, Feed feed) {
        this.store = store;
        this.feed = feed;
    }

    /** Returns all of them, and keeps them. */
    List<ObjectVersion> all() {
        List<ObjectVersion> known = all;
        if (known == null) {
            known = new ArrayList<>();
            list(known::add);
            all = known;
        }
        return known;
    }

    /** Returns the one that would be loaded last; empty if there is none. Keeps no other. */
    Optional<ObjectVersion> newest() {
        if (all != null) {
            return all.isEmpty() ? Optional.empty() : Optional.of(Collections.max(all, ObjectVersion.OLDEST_FIRST));
        }
        Newest newest = new Newest();
        list(newest);
        return Optional.ofNullable(newest.object);
    }

    private void list(Consumer<ObjectVersion> seen) {
        feed.prefixes()
                .forEach(prefix -> store.list(feed.bucket(), prefix, object -> {
                    if (feed.wish(object) == KeyWish.WANTED) {
                        seen.accept(object);
                    }
                }));
    }

    private static final class Newest implements Consumer<ObjectVersion> {

        private @Nullable ObjectVersion object;

        @Override
        public void accept(ObjectVersion other) {
            if (object == null || ObjectVersion.OLDEST_FIRST.compare(object, other) < 0) {
                object = other;
            }
        }
    }
}
