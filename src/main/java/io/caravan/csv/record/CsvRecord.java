package io.caravan.csv.record;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.NullTexts;
import java.util.Optional;

/**
 * One record of an object: a view that is valid only until its source is asked for anything further. A malformed record
 * is a record too, with a {@link #problem}. Not safe for use by several threads.
 */
public interface CsvRecord {

    /**
     * How long a value may be before it is looked at, blanks and escapes included: as long as all of a row, of which COPY takes
     * 4 MiB.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">COPY</a>
     */
    int MAX_VALUE_CHARS = 4 * 1024 * 1024;

    /** Returns the line of the object at which the record starts, counted from 1 and including the header. */
    long lineNumber();

    /** Returns the number of fields, at least 1. It means nothing for a record with a {@link #problem}. */
    int size();

    /**
     * Returns the text of a field, without quotes and escapes.
     *
     * @param index counted from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    String field(int index);

    /**
     * Returns how many characters a field takes in the object, at most; its text is not longer.
     *
     * @param index counted from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    default int chars(int index) {
        return field(index).length();
    }

    /** Returns whether a field is longer than any value may be, so that its text is not worth its memory. */
    default boolean isTooLong(int index) {
        return chars(index) > MAX_VALUE_CHARS;
    }

    /**
     * Returns whether a field has this text.
     *
     * @param index counted from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    default boolean holds(int index, String expected) {
        return field(index).equals(expected);
    }

    /**
     * Returns whether a field has this text, whatever the case of its letters.
     *
     * @throws IndexOutOfBoundsException if there is no such field
     */
    default boolean holdsIgnoringCase(int index, String expected) {
        return field(index).equalsIgnoreCase(expected);
    }

    /**
     * Returns whether the field is text whatever it says: because it was quoted, or because it held an escape. Only a field
     * that is not can be NULL by being equal to the feed's NULL string.
     *
     * @param index counted from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    boolean quoted(int index);

    /**
     * Returns whether a field says NULL, whatever its column is.
     *
     * @param index counted from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    default boolean isNull(int index, NullTexts nulls) {
        return nulls.texts().stream().anyMatch(text -> holds(index, text)) && (nulls.quoted() || !quoted(index));
    }

    /**
     * Returns the record as it stands in the object, without its line break. Bytes that are not of the charset, and NUL, are
     * written {@code \xHH}. At most 65,535 bytes of UTF-8; a longer record ends in a visible mark.
     */
    String raw();

    /** Returns why the record can never load, or empty if it is well-formed. */
    Optional<Problem> problem();

    /**
     * What is wrong with a record.
     *
     * @param code why, for programs
     * @param reason why, for people; never holds a value
     */
    record Problem(ErrorCode code, String reason) {

        public Problem {
            requireNonNull(code, "code");
            requireNonNull(reason, "reason");
        }
    }
}
