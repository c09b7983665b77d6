package io.caravan.spi;

/** A record of a data file; valid only during the call that passes it. */
public interface DataFileRecord {

    /** Returns its line in the data file, counted from 1. */
    long line(LineCount count);

    /** Returns the record as it was written, without its line break; NULL is an empty field, and empty text {@code ""}. */
    String text();
}
