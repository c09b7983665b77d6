package io.caravan.csv.serde;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SerDe, and how often it reads something else than the feed does. */
final class SerDeView {

    private final LineSerDe serDe;
    private final boolean knowsTypes;
    private long misread;
    private @Nullable String first;

    /** Takes a SerDe; whether it gives values as anything but text. */
    SerDeView(LineSerDe serDe, boolean knowsTypes) {
        this.serDe = serDe;
        this.knowsTypes = knowsTypes;
    }

    /** Reads a record; returns its fields as this one has them. */
    List<@Nullable String> read(ViewedRecord record, int columns) {
        List<@Nullable String> fields = serDe.fields(record.raw());
        for (int i = 0; i < Math.min(columns, record.fields().size()); i++) {
            String expected = record.fields().get(i);
            @Nullable String read = i < fields.size() ? fields.get(i) : null;
            boolean isNull = record.isNull(i);
            // What is NULL to the feed, and text to a reader, is the column's concern.
            boolean isLike = isNull
                    ? read == null || read.isEmpty() || read.equals(expected)
                    : expected.equals(read) || (!knowsTypes && read == null && expected.isEmpty());
            if (!isLike) {
                misread(record.where() + ", field " + (i + 1));
                return fields;
            }
        }
        return fields;
    }

    void misread(String where) {
        misread++;
        if (first == null) {
            first = where;
        }
    }

    long misread() {
        return misread;
    }

    @Nullable
    String first() {
        return first;
    }
}
