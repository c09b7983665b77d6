package io.caravan.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The warehouse's report of a record of a data file that COPY refused.
 *
 * @param file address of the data file, {@code s3://bucket/key}
 * @param line its line in the data file, counted from 1; see {@link LineCount}
 * @param column the column whose value was refused; null if the warehouse names none
 * @param reason the reason in the warehouse's words; may hold the value
 */
public record RefusedRecord(String file, long line, @Nullable String column, String reason) {

    public RefusedRecord {
        requireNonNull(file, "file");
        requireNonNull(reason, "reason");
    }
}
