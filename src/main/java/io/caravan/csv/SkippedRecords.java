package io.caravan.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * How many well-formed records of an object are no rows. They are no part of any other count.
 *
 * @param headers records that are the header again
 * @param blank records of empty fields only
 */
public record SkippedRecords(long headers, long blank) {

    /** Of an object of which nothing was skipped. */
    public static final SkippedRecords NONE = new SkippedRecords(0, 0);

    public long count() {
        return headers + blank;
    }

    /** Returns the counts that are not 0, for people. */
    @Override
    public String toString() {
        List<String> counts = new ArrayList<>();
        if (headers > 0) {
            counts.add(headers + (headers == 1 ? " repeated header" : " repeated headers"));
        }
        if (blank > 0) {
            counts.add(blank + (blank == 1 ? " record of empty fields" : " records of empty fields"));
        }
        return String.join(" and ", counts);
    }
}
