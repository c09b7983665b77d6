package io.caravan.route.poll;

import io.caravan.model.Delivery;
import io.caravan.model.NamedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.spi.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the new objects of a feed together that belong together: those of a folder, and of all below, whose marker is there. The
 * nearest marker counts. It says that what was stored until then is complete; what was stored later waits for it to be written
 * anew, and all of the folder with it. A marker that is a manifest says which objects there must be. Used by one thread.
 */
public final class Deliverer {

    /** How many of several things a reason names. */
    private static final int SHOWN = 3;

    private final ObjectStore store;
    private final Feed feed;

    /** What markers name that wait for objects, so that they are read once. */
    private Map<ObjectVersion, Optional<List<NamedObject>>> named = new HashMap<>();

    private final List<Delivery> complete = new ArrayList<>();
    private final List<IncompleteFolder> incomplete = new ArrayList<>();

    public Deliverer(ObjectStore store, Feed feed) {
        this.store = store;
        this.feed = feed;
    }

    /** Returns the deliveries that were found, in the feed's order. */
    public List<Delivery> complete() {
        return complete;
    }

    /** Returns the folders of which none was made. */
    public List<IncompleteFolder> incomplete() {
        return incomplete;
    }

    /**
     * Looks at what a listing has shown.
     *
     * @param markers the markers, by their folders
     * @param fresh the new objects
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    public void look(Map<String, ObjectVersion> markers, List<ObjectVersion> fresh) {
        complete.clear();
        incomplete.clear();
        Map<String, List<ObjectVersion>> byFolder = new TreeMap<>();
        for (ObjectVersion object : fresh) {
            byFolder.computeIfAbsent(folder(object.key(), markers.keySet()), folder -> new ArrayList<>())
                    .add(object);
        }
        Map<ObjectVersion, Optional<List<NamedObject>>> before = named;
        named = new HashMap<>();
        byFolder.forEach((folder, objects) -> {
            ObjectVersion marker = markers.get(folder);
            if (marker == null) {
                wait(
                        folder,
                        objects.size(),
                        "there is no marker " + feed.objects().marker() + " yet");
            } else {
                Optional<List<NamedObject>> names =
                        Optional.ofNullable(before.get(marker)).orElseGet(() -> store.findNamed(marker));
                named.put(marker, names);
                names.ifPresentOrElse(
                        list -> lookAtNamed(folder, marker, objects, list, markers.keySet()),
                        () -> lookAtAll(folder, marker, objects, markers.keySet()));
            }
        });
        complete.sort((one, other) -> feed.objects().order().compare(one.marker(), other.marker()));
    }

    /** Returns the nearest folder above that has a marker; the object's own if none has. */
    private static String folder(String key, Set<String> marked) {
        String own = Delivery.folder(key);
        String folder = own;
        while (!marked.contains(folder)) {
            if (folder.isEmpty()) {
                return own;
            }
            folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
        }
        return folder;
    }

    private void lookAtAll(String folder, ObjectVersion marker, List<ObjectVersion> fresh, Set<String> marked) {
        List<ObjectVersion> objects = feed.merge().takesMissing() ? list(folder, marked) : fresh;
        List<ObjectVersion> late = objects.stream()
                .filter(object -> object.lastModified().isAfter(marker.lastModified()))
                .toList();
        if (late.isEmpty()) {
            complete(marker, objects);
        } else {
            wait(
                    folder,
                    fresh.size(),
                    some(late) + " was stored after the marker " + marker.key().substring(folder.length())
                            + ", which has to be written anew when all are there");
        }
    }

    private void lookAtNamed(
            String folder,
            ObjectVersion marker,
            List<ObjectVersion> fresh,
            List<NamedObject> names,
            Set<String> marked) {
        Map<String, ObjectVersion> there = new LinkedHashMap<>();
        list(folder, marked).forEach(object -> there.put(object.uri(), object));
        List<String> lacking = names.stream()
                .filter(name -> !isThere(name, there.get(name.uri())))
                .map(NamedObject::uri)
                .toList();
        Set<String> uris = names.stream().map(NamedObject::uri).collect(Collectors.toSet());
        List<ObjectVersion> others =
                fresh.stream().filter(object -> !uris.contains(object.uri())).toList();
        if (!lacking.isEmpty()) {
            wait(
                    folder,
                    fresh.size(),
                    "the marker names objects that are not there, or not in the size that it says: "
                            + lacking.stream().limit(SHOWN).collect(Collectors.joining(", "))
                            + (lacking.size() > SHOWN ? " and " + (lacking.size() - SHOWN) + " more" : ""));
            return;
        }
        if (!others.isEmpty()) {
            wait(folder, others.size(), "the marker does not name " + some(others));
        }
        if (others.size() < fresh.size()) {
            Set<ObjectVersion> isNew = Set.copyOf(fresh);
            complete(
                    marker,
                    there.values().stream()
                            .filter(object -> uris.contains(object.uri()))
                            .filter(object -> feed.merge().takesMissing() || isNew.contains(object))
                            .toList());
        }
    }

    private static boolean isThere(NamedObject name, @Nullable ObjectVersion object) {
        return object != null && (name.sizeBytes() == null || name.sizeBytes() == object.sizeBytes());
    }

    private List<ObjectVersion> list(String folder, Set<String> marked) {
        List<ObjectVersion> objects = new ArrayList<>();
        Consumer<ObjectVersion> add = object -> {
            if (feed.covers(object.bucket(), object.key())
                    && feed.wish(object) == KeyWish.WANTED
                    && folder(object.key(), marked).equals(folder)) {
                objects.add(object);
            }
        };
        store.list(feed.bucket(), folder, add);
        return objects;
    }

    private void complete(ObjectVersion marker, List<ObjectVersion> objects) {
        complete.add(new Delivery(
                marker, objects.stream().sorted(feed.objects().order()::compare).toList()));
    }

    private void wait(String folder, long objects, String reason) {
        incomplete.add(new IncompleteFolder("s3://" + feed.bucket() + "/" + folder, objects, reason));
    }

    private static String some(List<ObjectVersion> objects) {
        return objects.get(0).uri() + (objects.size() > 1 ? " and " + (objects.size() - 1) + " more" : "");
    }
}
