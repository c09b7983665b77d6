package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.CsvRecord.Problem;
import io.caravan.model.Column;
import io.caravan.model.CsvFormat;
import io.caravan.model.ParsedRow;
import io.caravan.model.RejectedRow;
import io.caravan.model.Row;
import io.caravan.model.TargetTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one object into rows for a target table. A record that does not fit becomes a {@link RejectedRow} with
 * its first problem; its neighbours are not touched. Rows stay valid after the next one is read. Not safe for use by several
 * threads.
 *
 * <p>{@link #hasNext} and {@link #next} throw what the records' source throws.
 */
public final class RowReader implements Iterator<ParsedRow> {

    private final Iterator<? extends CsvRecord> records;
    private final CsvFormat format;
    private final LoadedColumns loaded;
    private final ValueRule[] rules;

    /**
     * Reads the header, if the format has one.
     *
     * @param records the records of one object, from its beginning
     * @param target the table that the rows are for
     * @param keys names of the matching keys' columns
     * @param format how the object is written
     * @throws RejectedObjectException if there is no header, or it does not fit the target
     * @throws io.caravan.base.InvalidConfigurationException if the target has no such matching keys
     */
    public RowReader(Iterator<? extends CsvRecord> records, TargetTable target, List<String> keys, CsvFormat format) {
        this.records = requireNonNull(records, "records");
        this.format = requireNonNull(format, "format");
        this.loaded =
                format.header() ? LoadedColumns.named(header(records), target, keys) : LoadedColumns.all(target, keys);
        this.rules = new ValueRule[loaded.fieldCount()];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = ValueRule.of(loaded.column(i).type());
        }
    }

    static CsvRecord header(Iterator<? extends CsvRecord> records) {
        if (!records.hasNext()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_NO_HEADER,
                    "the object is empty, it has not even a header; write the header also where there are no rows");
        }
        return records.next();
    }

    /**
     * Returns the loaded columns, in the order in which the target declares them, whatever order the object has. A row's
     * values are in this order.
     */
    public List<Column> columns() {
        return loaded.columns();
    }

    @Override
    public boolean hasNext() {
        return records.hasNext();
    }

    @Override
    public ParsedRow next() {
        CsvRecord record = records.next();
        Optional<Problem> problem = record.problem();
        if (problem.isPresent()) {
            return rejected(record, null, problem.get().code(), problem.get().reason());
        }
        if (record.size() != loaded.fieldCount()) {
            return rejected(record, null, ErrorCode.CSV_FIELD_COUNT, fieldCountReason(record.size()));
        }
        @Nullable String[] values = new @Nullable String[loaded.fieldCount()];
        for (int field = 0; field < values.length; field++) {
            Column column = loaded.column(field);
            String text = record.field(field);
            if (isNull(text, record, field, column)) {
                if (loaded.isKey(field)) {
                    return rejected(record, column, ErrorCode.VALUE_NULL_KEY, "NULL in a matching key");
                }
                if (!column.nullable()) {
                    return rejected(record, column, ErrorCode.VALUE_NULL, "NULL in a column that is NOT NULL");
                }
            } else {
                try {
                    values[loaded.position(field)] = rules[field].canonical(text);
                } catch (RefusedValueException e) {
                    return rejected(record, column, e.code(), e.reason());
                }
            }
        }
        return new Row(record.lineNumber(), Arrays.asList(values));
    }

    /** An empty field is NULL for every type but text, quoted or not, as Redshift's COPY has it. */
    private boolean isNull(String text, CsvRecord record, int field, Column column) {
        if (text.equals(format.nullString()) && !record.quoted(field)) {
            return true;
        }
        return !column.type().kind().isText() && Blanks.isBlank(text);
    }

    private String fieldCountReason(int found) {
        int expected = loaded.fieldCount();
        return found + (found == 1 ? " field" : " fields") + " where the " + (format.header() ? "header" : "table")
                + " has " + expected;
    }

    private static RejectedRow rejected(CsvRecord record, @Nullable Column column, ErrorCode code, String reason) {
        String name = column == null ? null : column.name();
        return new RejectedRow(record.lineNumber(), name, code, reason, record.raw());
    }
}
