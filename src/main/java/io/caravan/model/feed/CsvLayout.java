package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

/**
 * What of an object is no record. Lines are counted as an editor shows them, empty ones too, whatever stands in them.
 *
 * @param linesBefore so many lines stand before all else; not negative
 * @param linesAfterHeader so many lines stand between the header and the first record; not negative
 * @param linesAtEnd so many lines stand behind the last record; not negative
 * @param comment a line that begins with it, where a record would begin, is none; empty if there are no such lines
 * @param maySayDelimiter whether a first line {@code sep=;} may stand before the records; not so where there is no object
 */
public record CsvLayout(
        int linesBefore, int linesAfterHeader, int linesAtEnd, String comment, boolean maySayDelimiter) {

    /** An object of records, and perhaps a header. */
    public static final CsvLayout PLAIN = new CsvLayout(0, 0, 0, "", true);

    /** Records that were taken out of their object. */
    static final CsvLayout RECORDS_ALONE = new CsvLayout(0, 0, 0, "", false);

    public CsvLayout {
        requireNonNull(comment, "comment");
        if (linesBefore < 0 || linesAfterHeader < 0 || linesAtEnd < 0) {
            throw new IllegalArgumentException("there are no fewer lines than none");
        }
    }
}
