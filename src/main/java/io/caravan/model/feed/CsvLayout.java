package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What stands around the records of an object, and how they may differ from each other. Lines are counted as an editor shows
 * them, empty ones too, whatever stands in them.
 *
 * @param linesBefore so many lines stand before all else; not negative
 * @param linesAfterHeader so many lines stand between the header and the first record; not negative
 * @param linesAtEnd so many lines stand behind the last record; not negative
 * @param comment a line that begins with it, where a record would begin, is none; empty if there are no such lines
 * @param maySayDelimiter whether a first line {@code sep=;} may stand before the records; not so where there is no object
 * @param names names of the fields of objects without a header; empty if the feed says none
 * @param changeName which of the names is that of what a row changes, as {@code names} have it: an object whose first record has
 *     a field fewer lacks it; empty if there is none
 * @param length which records are rows by their number of fields; others are rejected
 */
public record CsvLayout(
        int linesBefore,
        int linesAfterHeader,
        int linesAtEnd,
        String comment,
        boolean maySayDelimiter,
        List<String> names,
        String changeName,
        RecordLength length) {

    /** An object of records, and perhaps a header. */
    public static final CsvLayout PLAIN = new CsvLayout(0, 0, 0, "");

    public CsvLayout {
        requireNonNull(comment, "comment");
        requireNonNull(changeName, "changeName");
        requireNonNull(length, "length");
        names = List.copyOf(names);
        if (linesBefore < 0 || linesAfterHeader < 0 || linesAtEnd < 0) {
            throw new IllegalArgumentException("there are no fewer lines than none");
        }
    }

    /** Makes the layout of objects with lines that are no records, and records that all have as many fields. */
    public CsvLayout(int linesBefore, int linesAfterHeader, int linesAtEnd, String comment) {
        this(linesBefore, linesAfterHeader, linesAtEnd, comment, true, List.of(), "", RecordLength.EQUAL);
    }

    /** Returns whether all lines are records, or a header, or empty. */
    public boolean hasRecordsOnly() {
        return linesBefore == 0 && linesAfterHeader == 0 && linesAtEnd == 0 && comment.isEmpty();
    }

    /** Returns the layout of records that were taken out of such an object. */
    CsvLayout ofRecordsAlone() {
        return new CsvLayout(0, 0, 0, "", false, names, changeName, length);
    }
}
