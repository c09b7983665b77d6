package io.caravan.sandbox.value;

import java.io.IOException;

/**
 * Rows for PostgreSQL's COPY FROM STDIN, which go out as soon as they fill a message. The values of a row come in the order
 * of its columns. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">File formats</a>
 */
public interface CopyRows {

    /** Begins a row of so many columns. */
    void beginRow(int columns);

    /** Puts NULL. */
    void nothing();

    /** Has PostgreSQL put the column's default. */
    void byDefault();

    void bool(boolean value);

    /**
     * Puts an integer.
     *
     * @param bytes size of the column's type: 2, 4 or 8
     */
    void integer(long value, int bytes);

    void real(float value);

    void doublePrecision(double value);

    /**
     * Puts a date.
     *
     * @param day counted from 2000-01-01
     */
    void date(int day);

    /**
     * Puts a time without zone, or one in the zone of the session.
     *
     * @param micros microseconds since 2000-01-01 by the clock on the wall
     */
    void timestamp(long micros);

    /**
     * Puts a point in time.
     *
     * @param micros microseconds since 2000-01-01 by the clock on the wall
     * @param offsetSeconds what that clock is ahead of UTC
     */
    void timestamp(long micros, int offsetSeconds);

    /**
     * Puts a time of day.
     *
     * @param micros microseconds since midnight; those of a day for its end
     */
    void time(long micros);

    /**
     * Puts a time of day in UTC.
     *
     * @param micros microseconds since midnight; those of a day for its end, below 0 and beyond it for another day's
     */
    void timeInUtc(long micros);

    /** Puts a decimal: a sign or none, and digits with a point among them or none. */
    void decimal(byte[] ascii, int from, int to);

    /** Puts a text in UTF-8 without NUL. */
    void text(byte[] utf8, int from, int to);

    /** Ends the row, and sends the rows if they fill a message; returns whether it did. */
    boolean endRow() throws IOException;

    /** Forgets the row that has begun. */
    void dropRow();

    /** Sends what is left; no row follows. */
    void end() throws IOException;
}
