package io.caravan.csv.record;

import io.caravan.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record that stays what it is when its source is asked for the next one; or one of other width with its fields. */
final class KeptRecord implements CsvRecord {

    private final long lineNumber;
    private final List<String> fields;
    private final List<Boolean> quoted;
    private final String raw;
    private final Optional<Problem> problem;

    private KeptRecord(
            long lineNumber, List<String> fields, List<Boolean> quoted, String raw, Optional<Problem> problem) {
        this.lineNumber = lineNumber;
        this.fields = fields;
        this.quoted = quoted;
        this.raw = raw;
        this.problem = problem;
    }

    /** Copies a record. */
    static KeptRecord of(CsvRecord record) {
        // Of a malformed record the fields say something only where it is their bytes that are wrong.
        boolean hasFields = record.problem()
                .filter(problem -> problem.code() != ErrorCode.CSV_CHARSET)
                .isEmpty();
        return of(record, hasFields ? record.size() : 0, "");
    }

    /**
     * Copies the first fields of a record.
     *
     * @param size how many
     * @param missing what stands, unquoted, for each that the record lacks
     */
    static KeptRecord of(CsvRecord record, int size, String missing) {
        List<String> fields = new ArrayList<>(size);
        List<Boolean> quoted = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            fields.add(i < record.size() ? record.field(i) : missing);
            quoted.add(i < record.size() && record.quoted(i));
        }
        return new KeptRecord(record.lineNumber(), fields, quoted, record.raw(), record.problem());
    }

    @Override
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public String field(int index) {
        return fields.get(index);
    }

    @Override
    public boolean quoted(int index) {
        return quoted.get(index);
    }

    @Override
    public String raw() {
        return raw;
    }

    @Override
    public Optional<Problem> problem() {
        return problem;
    }
}
