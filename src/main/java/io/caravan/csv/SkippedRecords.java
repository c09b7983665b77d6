package io.caravan.csv;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/**
 * How much of an object is no rows, and no part of any other count.
 *
 * @param headers records that are the header again
 * @param blank records of empty fields only
 * @param comments lines that are comments
 * @param lines lines that the feed leaves out for their place, and one that says the delimiter
 */
public record SkippedRecords(long headers, long blank, long comments, long lines) {

    /** Of an object of which nothing was skipped. */
    public static final SkippedRecords NONE = new SkippedRecords(0, 0, 0, 0);

    /** Returns the same with lines that are no records. */
    public SkippedRecords withLines(long moreComments, long moreLines) {
        return new SkippedRecords(headers, blank, comments + moreComments, lines + moreLines);
    }

    /** Returns the number of well-formed records. */
    public long records() {
        return headers + blank;
    }

    /** Returns whether there is nothing to tell. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Returns the counts that are not 0, for people. */
    @Override
    public String toString() {
        return Stream.of(
                        text(lines, "line", "lines"),
                        text(comments, "comment", "comments"),
                        text(headers, "repeated header", "repeated headers"),
                        text(blank, "record of empty fields", "records of empty fields"))
                .flatMap(text -> text)
                .collect(joining(" and "));
    }

    private static Stream<String> text(long count, String one, String many) {
        return count == 0 ? Stream.of() : Stream.of(count + " " + (count == 1 ? one : many));
    }
}
