package io.caravan.app.history;

import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The loads that are remembered, by their ids, which are in the order of their starts. Not safe for use by several threads. */
final class LoadMemory {

    private final HistoryLimits limits;
    private final NavigableMap<String, RememberedLoad> all = new TreeMap<>();
    private final Map<String, NavigableMap<String, RememberedLoad>> byFeed = new HashMap<>();

    /** Ids of loads with objects, in the order in which they came. */
    private final Deque<String> withObjects = new ArrayDeque<>();

    private int objects;

    LoadMemory(HistoryLimits limits) {
        this.limits = limits;
    }

    /**
     * Remembers a load; does nothing if it is known.
     *
     * @param itsObjects null if they are not known
     */
    void add(PastLoad load, @Nullable List<PastObject> itsObjects) {
        if (all.containsKey(load.id())) {
            return;
        }
        put(new RememberedLoad(load, itsObjects));
        if (itsObjects != null && !itsObjects.isEmpty()) {
            withObjects.addLast(load.id());
            objects += itsObjects.size();
        }
        while (objects > limits.objects() && !withObjects.isEmpty()) {
            forgetObjects(withObjects.removeFirst());
        }
        while (all.size() > limits.loads()) {
            forgetOne();
        }
    }

    private void put(RememberedLoad load) {
        all.put(load.load().id(), load);
        byFeed.computeIfAbsent(load.load().feed(), name -> new TreeMap<>())
                .put(load.load().id(), load);
    }

    private void forgetObjects(String id) {
        @Nullable RememberedLoad load = all.get(id);
        if (load != null) {
            objects -= load.size();
            put(load.withoutObjects());
        }
    }

    /** A feed with few loads keeps them, however many another has. */
    private void forgetOne() {
        byFeed.entrySet().stream()
                .max(Comparator.comparingInt(feed -> feed.getValue().size()))
                .ifPresent(most -> {
                    String oldest = most.getValue().firstKey();
                    RememberedLoad gone = all.get(oldest);
                    objects -= gone == null ? 0 : gone.size();
                    most.getValue().remove(oldest);
                    all.remove(oldest);
                    withObjects.remove(oldest);
                });
    }

    Optional<RememberedLoad> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Returns how many loads are remembered. */
    int size() {
        return all.size();
    }

    /** Returns how many objects are remembered. */
    int objects() {
        return objects;
    }

    /**
     * Returns loads, the one that began last first.
     *
     * @param feed whose; null for all
     * @param before id of a load, before which they began; null to begin with the last
     */
    List<RememberedLoad> last(@Nullable String feed, @Nullable String before, int limit) {
        NavigableMap<String, RememberedLoad> loads = feed == null ? all : byFeed.getOrDefault(feed, new TreeMap<>());
        NavigableMap<String, RememberedLoad> older = before == null ? loads : loads.headMap(before, false);
        return firstOf(older.descendingMap().values(), limit);
    }

    private static List<RememberedLoad> firstOf(Collection<RememberedLoad> loads, int limit) {
        List<RememberedLoad> first = new ArrayList<>();
        for (RememberedLoad load : loads) {
            if (first.size() >= limit) {
                break;
            }
            first.add(load);
        }
        return first;
    }
}
