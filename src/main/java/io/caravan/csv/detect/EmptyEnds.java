package io.caravan.csv.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Empty fields that a table program has left behind its rows, in some more than in others. */
final class EmptyEnds {

    private static final int LEAST_ROWS = 3;

    /** Of a hundred: so many records are longer, and the last column has so many values; or fewer, and it nearly always has one. */
    private static final int LEAST_LONG = 5;

    private static final int LEAST_FILLED = 30;
    private static final int NEARLY_ALL = 95;

    private EmptyEnds() {}

    /**
     * Returns all records of a sample without them.
     *
     * @param records of which the first is the header or a row
     * @return empty if there are none, or if what looks so may be rows with a field too many in their middle
     */
    static Optional<List<SampleRecord>> cut(List<SampleRecord> records) {
        if (records.size() <= LEAST_ROWS || records.stream().anyMatch(SampleRecord::isMalformed)) {
            return Optional.empty();
        }
        int width = end(records.get(0));
        int longest = 0;
        int shortest = Integer.MAX_VALUE;
        int longer = 0;
        int filled = 0;
        List<SampleRecord> cut = new ArrayList<>();
        List<SampleRecord> full = new ArrayList<>();
        for (SampleRecord record : records) {
            if (end(record) > width) {
                return Optional.empty();
            }
            longest = Math.max(longest, record.size());
            shortest = Math.min(shortest, record.size());
            longer += record.size() > width ? 1 : 0;
            // Of a row that is moved to the right the last value would stand behind the names.
            filled += end(record) == width ? 1 : 0;
            SampleRecord own = record.size() > width ? record.cut(width) : record;
            cut.add(own);
            if (own.size() == width && cut.size() > 1) {
                full.add(own);
            }
        }
        boolean areMeant = width > 1
                && longest > shortest
                && longer >= LEAST_ROWS
                && (isShare(filled, NEARLY_ALL, records)
                        || (isShare(longer, LEAST_LONG, records) && isShare(filled, LEAST_FILLED, records)));
        ColumnKinds kinds = ColumnKinds.of(full, width);
        return areMeant && cut.stream().skip(1).allMatch(kinds::fit) ? Optional.of(cut) : Optional.empty();
    }

    private static boolean isShare(int count, int percent, List<SampleRecord> records) {
        return count * 100L >= records.size() * (long) percent;
    }

    /** Returns the number of the last field that holds anything. */
    private static int end(SampleRecord record) {
        int end = record.size();
        while (end > 0 && record.isEmptyFrom(end - 1)) {
            end--;
        }
        return end;
    }
}
