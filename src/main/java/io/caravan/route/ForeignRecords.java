package io.caravan.route;

import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.RawText;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Records as other data formats make them: {@link CsvRecord}s as they are, lists of fields with less to tell. A list has no
 * line of its own, so records are counted in place of lines, and nobody knows which of its fields were quoted.
 */
final class ForeignRecords implements Iterator<CsvRecord> {

    private final Iterator<?> records;
    private long count;

    ForeignRecords(Iterator<?> records) {
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw malformed(e);
        }
    }

    @Override
    public CsvRecord next() {
        try {
            Object record = records.next();
            count++;
            return record instanceof CsvRecord known ? known : new ListRecord(count, fields(record));
        } catch (UncheckedIOException e) {
            throw malformed(e);
        }
    }

    private static List<?> fields(Object record) {
        if (record instanceof List<?> fields) {
            return fields;
        }
        throw new RejectedObjectException(
                ErrorCode.OBJECT_UNREADABLE_CSV,
                "the unmarshal step gave records of " + record.getClass().getName() + " and not lists of fields");
    }

    /** Such a parser gives up at a malformed record, and the record before it may be lost; so the object is. */
    private static RejectedObjectException malformed(UncheckedIOException e) {
        return new RejectedObjectException(
                ErrorCode.OBJECT_UNREADABLE_CSV,
                "the CSV parser of the unmarshal step gave up at a malformed record; Caravan's own, 'custom: { ref: csv }',"
                        + " rejects that record alone",
                e);
    }

    private record ListRecord(long lineNumber, List<?> fields) implements CsvRecord {

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public String field(int index) {
            Object field = fields.get(index);
            return field == null ? "" : field.toString();
        }

        @Override
        public boolean quoted(int index) {
            return false;
        }

        @Override
        public String raw() {
            return RawText.of(fields.stream().map(String::valueOf).collect(joining(",")));
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.empty();
        }
    }
}
