package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import io.caravan.csv.guess.Confidence;
import io.caravan.model.feed.ColumnPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fields that rows lack at their end, each row as many as it has no values for, so that few have one for each name. */
final class ShortEnds {

    private static final int LEAST_ROWS = 2;
    private static final int LEAST_NAMES = 3;

    private ShortEnds() {}

    /**
     * Returns all records of a sample with empty fields in their place.
     *
     * @param records of which the first is the header
     * @param width how many fields most of them have
     * @return empty if the first record does not name all that the others have, or if one of them has a value that is not of its
     *     column
     */
    static Optional<List<SampleRecord>> fill(List<SampleRecord> records, int width) {
        if (records.size() <= LEAST_ROWS
                || !areNames(records.get(0))
                || records.get(0).size() <= width) {
            return Optional.empty();
        }
        int names = records.get(0).size();
        List<SampleRecord> filled = new ArrayList<>(List.of(records.get(0)));
        for (SampleRecord row : records.subList(1, records.size())) {
            if (row.isMalformed() || row.size() > names || row.filled() < 2) {
                return Optional.empty();
            }
            filled.add(row.filledTo(names));
        }
        List<SampleRecord> rows = filled.subList(1, filled.size());
        ColumnKinds kinds = ColumnKinds.of(rows, names);
        HeaderJudge.Verdict verdict = new HeaderJudge(kinds, rows).judge(records.get(0));
        return verdict.isHeader()
                        && verdict.confidence() != Confidence.GUESS
                        && rows.stream().allMatch(kinds::fit)
                ? Optional.of(filled)
                : Optional.empty();
    }

    private static boolean areNames(SampleRecord record) {
        Set<String> seen = new HashSet<>();
        return !record.isMalformed()
                && record.size() >= LEAST_NAMES
                && record.fields().stream()
                        .map(String::strip)
                        .allMatch(name ->
                                !name.isEmpty() && !CellKind.isTyped(name) && seen.add(ColumnPolicy.fold(name)));
    }
}
