package io.caravan.load.target;

import io.caravan.model.ObjectVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Selects the objects to sample from many: the largest, as small ones may be headers only, and others that are spread evenly
 * over time.
 */
final class ObjectSelection {

    /** An answer of S3 takes some 30 ms. */
    static final int OBJECTS = 100;

    /** So often others are chosen if those say nothing. */
    private static final int ROUNDS = 10;

    private static final int LARGEST = 20;

    private static final Comparator<ObjectVersion> SMALLEST_FIRST =
            Comparator.comparingLong(ObjectVersion::sizeBytes).thenComparing(ObjectVersion.OLDEST_FIRST);

    private ObjectSelection() {}

    /**
     * Chooses objects, each at most once.
     *
     * @return groups of at most {@link #OBJECTS}, each to be looked at only if those before say nothing, and in it the smallest
     *     objects first: what they do not use of a limit is for the larger ones
     */
    static List<List<ObjectVersion>> of(List<ObjectVersion> objects) {
        List<ObjectVersion> rest = new ArrayList<>(objects);
        rest.sort(ObjectVersion.OLDEST_FIRST);
        List<List<ObjectVersion>> rounds = new ArrayList<>();
        while (!rest.isEmpty() && rounds.size() < ROUNDS) {
            Set<ObjectVersion> chosen = new LinkedHashSet<>();
            rest.stream().sorted(SMALLEST_FIRST.reversed()).limit(LARGEST).forEach(chosen::add);
            int spread = Math.min(rest.size(), OBJECTS - chosen.size());
            for (int i = 0; i < spread; i++) {
                chosen.add(rest.get((int) (i * (rest.size() - 1L) / Math.max(1, spread - 1))));
            }
            rounds.add(chosen.stream().sorted(SMALLEST_FIRST).toList());
            rest.removeAll(chosen);
        }
        return rounds;
    }
}
