package io.caravan.spi;

import static java.util.Objects.requireNonNull;

/**
 * A record of a data file that was looked for.
 *
 * @param line its line, as it was asked for
 * @param text the record as it was written, without its line break; NULL is an empty field, and empty text {@code ""}
 */
public record DataFileRecord(long line, String text) {

    public DataFileRecord {
        requireNonNull(text, "text");
    }
}
