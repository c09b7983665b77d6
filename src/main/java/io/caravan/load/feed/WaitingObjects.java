package io.caravan.load.feed;

import static java.util.stream.Collectors.toCollection;

import io.caravan.model.ObjectVersion;
import io.caravan.model.status.Backlog;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects that a feed has found and not yet dealt with. Safe for use by several threads. */
final class WaitingObjects {

    /** Oldest first. */
    private Set<ObjectVersion> waiting = new LinkedHashSet<>();

    private long bytes;

    /**
     * Replaces the known objects by those that a listing has found.
     *
     * @param found all new objects in the scope
     * @param scope the listed part of the store
     * @return those of them that nobody has found before
     */
    synchronized List<ObjectVersion> found(List<ObjectVersion> found, Scope scope) {
        List<ObjectVersion> discovered =
                found.stream().filter(object -> !waiting.contains(object)).toList();
        waiting = Stream.concat(waiting.stream().filter(object -> !scope.covers(object.key())), found.stream())
                .sorted(ObjectVersion.OLDEST_FIRST)
                .collect(toCollection(LinkedHashSet::new));
        bytes = bytes(waiting);
        return discovered;
    }

    /** Notes that objects are loaded, or rejected, or need not be loaded. */
    synchronized void dealtWith(Collection<ObjectVersion> objects) {
        for (ObjectVersion object : objects) {
            if (waiting.remove(object)) {
                bytes -= object.sizeBytes();
            }
        }
    }

    synchronized Backlog backlog() {
        return waiting.isEmpty()
                ? Backlog.NONE
                : new Backlog(waiting.size(), bytes, waiting.iterator().next().lastModified());
    }

    /** Returns some of them, the oldest first. */
    synchronized List<ObjectVersion> find(Predicate<ObjectVersion> wanted, int limit) {
        return waiting.stream().filter(wanted).limit(limit).toList();
    }

    static long bytes(Collection<ObjectVersion> objects) {
        return objects.stream().mapToLong(ObjectVersion::sizeBytes).sum();
    }
}
