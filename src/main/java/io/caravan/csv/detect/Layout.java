package io.caravan.csv.detect;

import io.caravan.csv.guess.Confidence;
import io.caravan.model.feed.RecordLength;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a sample is rows, and what stands around them.
 *
 * @param width fields of a row
 * @param skipped lines above the header, or above the first row if there is none, or the feed gives the names
 * @param header the names; null if there are none
 * @param isHeaderMade whether no record holds the names so, and the feed has to give them
 * @param headerConfidence how sure it is that there is, or is not, a header
 * @param headerReason why, for people
 * @param afterHeader lines below the header that are no rows
 * @param footer lines behind the last row, blank ones too; 0 if the sample is cut
 * @param rows records between them, of whatever size
 * @param isComplete whether they go to the object's end
 * @param length of the records; their empty fields at the end are as if all had as many
 */
record Layout(
        int width,
        long skipped,
        @Nullable SampleRecord header,
        boolean isHeaderMade,
        Confidence headerConfidence,
        String headerReason,
        long afterHeader,
        long footer,
        List<SampleRecord> rows,
        boolean isComplete,
        RecordLength length) {

    Layout {
        rows = List.copyOf(rows);
    }

    /** Returns the rows that have as many fields as most. */
    List<SampleRecord> fullRows() {
        return rows.stream()
                .filter(row -> !row.isMalformed() && row.size() == width)
                .toList();
    }

    /** Returns how many of the names are those of columns: a last one that is empty, over no value, is of none. */
    int named(List<String> names) {
        int named = names.size();
        while (named > 1 && names.get(named - 1).isBlank() && isEmptyFrom(named - 1)) {
            named--;
        }
        return named;
    }

    private boolean isEmptyFrom(int field) {
        return rows.stream().allMatch(row -> row.isMalformed() || row.isEmptyFrom(field));
    }
}
