package io.caravan.spi;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.Column;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of an object that COPY needs to read it without Caravan.
 *
 * @param number its number in the load, from 1
 * @param uri its address, {@code s3://bucket/key}; no other key begins with this one
 * @param delimiter between fields; an ASCII character
 * @param quote an ASCII character that makes the object doubtful wherever it occurs; null if the feed has no quoting
 * @param firstName text of the header's first field, where the first line is the header; a record that begins with the same
 *     text may be the header again, and makes the object doubtful
 * @param nullString an unquoted field equal to it is NULL
 * @param fields the fields of a record, in their order
 * @param recordsBytes the number of bytes of its records, if each has one line feed at its end
 */
public record DirectObject(
        int number,
        String uri,
        char delimiter,
        @Nullable Character quote,
        Optional<String> firstName,
        String nullString,
        List<Field> fields,
        long recordsBytes) {

    /**
     * A field of each record.
     *
     * @param column the column into which the field is loaded; empty if it is not loaded
     * @param nullable whether it may be NULL: its column allows NULL, and is no matching key
     */
    public record Field(Optional<Column> column, boolean nullable) {

        public Field {
            requireNonNull(column, "column");
        }
    }

    public DirectObject {
        requireNonNull(uri, "uri");
        requireNonNull(firstName, "firstName");
        requireNonNull(nullString, "nullString");
        fields = List.copyOf(fields);
    }
}
