package io.caravan.csv.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Objects as AWS DMS writes them unless it is told to write names: changes have a letter before the fields of the table, and a
 * full load has these alone.
 */
final class DmsChanges {

    /** An insertion, an update and a deletion. */
    static final Set<String> LETTERS = Set.of("I", "U", "D");

    static final String COLUMN = "Op";

    private static final int LEAST_INSERTED = 2;

    private DmsChanges() {}

    /** Returns the layout of changes; empty if there are none, or if other objects are neither changes nor a full load. */
    static Optional<Layout> find(List<Layout> all) {
        Optional<Layout> changes = all.stream().filter(DmsChanges::areIn).max(Comparator.comparingInt(one -> one.rows()
                .size()));
        return changes.filter(found -> all.stream()
                .allMatch(one -> one.header() == null
                        && (one.width() == found.width() ? areIn(one) : one.width() == found.width() - 1)));
    }

    /** One letter alone may stand for anything. */
    static boolean areIn(Layout layout) {
        Set<String> found = new HashSet<>();
        layout.fullRows().forEach(row -> found.add(row.field(0)));
        return layout.header() == null && layout.width() > 1 && found.size() > 1 && LETTERS.containsAll(found);
    }

    static List<String> names(Layout changes) {
        List<String> names = new ArrayList<>(List.of(COLUMN));
        names.addAll(MadeNames.numbered(changes.width() - 1));
        return names;
    }

    /** Returns which fields of an object's rows are the columns; -1 for one that it lacks. */
    static int[] fields(Layout changes, Layout one, int columns) {
        int left = changes.width() - one.width();
        return IntStream.range(0, columns).map(i -> i - left).toArray();
    }

    /** Returns whether each row that is inserted has another value in the first field of the table. */
    static boolean isFirstKey(Layout changes, List<Layout> all) {
        Set<String> seen = new HashSet<>();
        int inserted = 0;
        for (Layout one : all) {
            int first = one.width() == changes.width() ? 1 : 0;
            for (SampleRecord row : one.fullRows()) {
                boolean isInserted = first == 0 || row.field(0).equals("I");
                inserted += isInserted ? 1 : 0;
                if (row.text(first).isEmpty() || (isInserted && !seen.add(row.text(first)))) {
                    return false;
                }
            }
        }
        return inserted >= LEAST_INSERTED;
    }
}
