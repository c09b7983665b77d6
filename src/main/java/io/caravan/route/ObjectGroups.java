package io.caravan.route;

import io.caravan.model.ObjectVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts object versions into groups, each of which is one load. */
final class ObjectGroups {

    private ObjectGroups() {}

    /**
     * Cuts, keeping the order.
     *
     * @param isAlone says of an object whether it is a group of its own
     * @param maxObjects most objects in a group; at least 1
     * @param maxBytes most bytes in a group of more than one object
     */
    static List<List<ObjectVersion>> cut(
            List<ObjectVersion> objects, Predicate<ObjectVersion> isAlone, int maxObjects, long maxBytes) {
        List<List<ObjectVersion>> groups = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < objects.size(); i++) {
            if (isAlone.test(objects.get(i))) {
                groups.addAll(cut(objects.subList(from, i), maxObjects, maxBytes));
                groups.add(List.of(objects.get(i)));
                from = i + 1;
            }
        }
        groups.addAll(cut(objects.subList(from, objects.size()), maxObjects, maxBytes));
        return groups;
    }

    /**
     * Cuts, keeping the order.
     *
     * @param maxObjects most objects in a group; at least 1
     * @param maxBytes most bytes in a group of more than one object
     */
    static List<List<ObjectVersion>> cut(List<ObjectVersion> objects, int maxObjects, long maxBytes) {
        List<List<ObjectVersion>> groups = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < objects.size(); i++) {
            long size = objects.get(i).sizeBytes();
            if (i > from && (i - from == maxObjects || bytes + size > maxBytes)) {
                groups.add(List.copyOf(objects.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < objects.size()) {
            groups.add(List.copyOf(objects.subList(from, objects.size())));
        }
        return groups;
    }
}
