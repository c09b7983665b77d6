package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.CsvRecord.Problem;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the matching keys of records that are rejected for something else, so that it is known which row of the target each of
 * them stands for. Where that is not known for certain it reads none. Not safe for use by several threads.
 */
final class RejectedKeys {

    /** A matching key: a value that is the same for all records, or the field that has it. */
    private record Key(@Nullable String constant, int index, @Nullable LoadedField field) {}

    private final CsvFormat format;
    private final int fieldCount;
    private final List<Key> keys = new ArrayList<>();

    /**
     * Finds the keys in an object's records.
     *
     * @param wanted the matching keys' columns, in the order in which they are read; empty to read none
     */
    RejectedKeys(List<Column> wanted, LoadedColumns loaded, CsvFormat format) {
        this.format = format;
        @Nullable LoadedField[] fields = loaded.fields();
        this.fieldCount = fields.length;
        for (Column column : wanted) {
            int position = loaded.columns().indexOf(column);
            keys.add(
                    loaded.constants().containsKey(position)
                            ? new Key(loaded.constants().get(position), 0, null)
                            : inField(fields, position));
        }
    }

    private static Key inField(@Nullable LoadedField[] fields, int position) {
        for (int i = 0; i < fields.length; i++) {
            LoadedField field = fields[i];
            if (field != null && field.position() == position) {
                return new Key(null, i, field);
            }
        }
        throw new IllegalArgumentException("no field has a matching key");
    }

    /** Returns the canonical values of a record's matching keys; empty if one of them cannot be read, is refused or is NULL. */
    List<String> read(CsvRecord record) {
        if (keys.isEmpty() || !hasItsFields(record)) {
            return List.of();
        }
        List<String> values = new ArrayList<>(keys.size());
        for (Key key : keys) {
            Optional<String> value = value(key, record);
            if (value.isEmpty()) {
                return List.of();
            }
            values.add(value.get());
        }
        return values;
    }

    /** Bytes that are not of the charset spoil their own field; whatever else is wrong with a record may have moved its fields. */
    private boolean hasItsFields(CsvRecord record) {
        Optional<Problem> problem = record.problem();
        return record.size() == fieldCount
                && (problem.isEmpty() || problem.get().code() == ErrorCode.CSV_CHARSET);
    }

    private Optional<String> value(Key key, CsvRecord record) {
        LoadedField field = key.field();
        if (field == null) {
            return Optional.ofNullable(key.constant());
        }
        if (record.isTooLong(key.index())) {
            return Optional.empty();
        }
        String text = record.field(key.index());
        if (holdsLoneSurrogate(text) || field.isNull(text, record, key.index(), format.nulls())) {
            return Optional.empty();
        }
        try {
            return Optional.of(field.rule().canonical(text));
        } catch (RefusedValueException e) {
            return Optional.empty();
        }
    }

    /** What stands for a byte that is not of the charset. */
    private static boolean holdsLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
