package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names or numbers of rows in a first field that the header has no name for, as R writes them. */
final class RowNames {

    private static final int LEAST = 2;

    private RowNames() {}

    /**
     * Returns whether the first fields are numbers that count, or texts of which none stands there twice.
     *
     * @param header quoted as a whole by R, as are the names of rows
     */
    static boolean areFirst(SampleRecord header, List<SampleRecord> rows) {
        boolean isQuoted = header.quoted().cardinality() == header.size()
                && rows.stream().allMatch(row -> row.quoted().get(0));
        Set<String> seen = new HashSet<>();
        boolean areWords = true;
        boolean areCounted = true;
        long number = 0;
        for (SampleRecord row : rows) {
            String text = row.field(0).strip();
            if (text.isEmpty() || !seen.add(text)) {
                return false;
            }
            areWords &= row.quoted().get(0) || !CellKind.isTyped(text);
            boolean isNumber = text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            long next = isNumber ? Long.parseLong(text) : -1;
            areCounted &= isNumber && (seen.size() == 1 ? next <= 1 : next == number + 1);
            number = next;
        }
        return (rows.size() >= LEAST || (isQuoted && !rows.isEmpty())) && (areWords || areCounted);
    }
}
