package io.caravan.load.verify;

import static java.util.stream.Collectors.toMap;

import io.caravan.load.unchanged.UnchangedStore;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.ObjectAction;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Objects that are read, also where their feed has moved them when they were loaded. Safe for use by several threads. */
public final class MovedObjects extends UnchangedStore {

    private final String folder;
    private final Predicate<ObjectVersion> isHashed;

    private MovedObjects(ObjectStore store, String folder, Predicate<ObjectVersion> isHashed) {
        super(store);
        this.folder = folder;
        this.isHashed = isHashed;
    }

    /** Returns whether a feed moves objects that it has loaded. */
    public static boolean areOf(Feed feed) {
        return feed.objects().afterLoad().onLoaded().kind() == ObjectAction.Kind.MOVE;
    }

    /**
     * Returns the store of a feed, in which moved objects are where they were.
     *
     * @param isHashed returns whether the hash of an object's bytes is known, so that another ETag does not matter
     */
    public static ObjectStore in(ObjectStore store, Feed feed, Predicate<ObjectVersion> isHashed) {
        return areOf(feed)
                ? new MovedObjects(store, feed.objects().afterLoad().onLoaded().name(), isHashed)
                : store;
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        Optional<ObjectBody> there = super.open(version);
        return there.isPresent() ? there : find(version).flatMap(super::open);
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        Optional<ObjectBody> there = super.openWithMd5(version);
        return there.isPresent() ? there : find(version).flatMap(super::openWithMd5);
    }

    /** By the names that moved objects get: their ETag stands at the end if another one had the name. */
    private Optional<ObjectVersion> find(ObjectVersion version) {
        String key = folder + version.key();
        List<ObjectVersion> found = new ArrayList<>();
        list(version.bucket(), key, found::add);
        Map<String, ObjectVersion> byKey =
                found.stream().collect(toMap(ObjectVersion::key, object -> object, (one, other) -> one));
        return Stream.of(key + "." + version.etag(), key)
                .filter(byKey::containsKey)
                .map(byKey::get)
                .filter(moved -> moved.sizeBytes() == version.sizeBytes()
                        && (moved.etag().equals(version.etag()) || isHashed.test(version)))
                .findFirst();
    }
}
