package io.caravan.csv.mask;

import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.NullTexts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A well-formed record whose values are masked, in its text too. */
record MaskedRecord(CsvRecord record, RecordMask masks) implements CsvRecord {

    @Override
    public long lineNumber() {
        return record.lineNumber();
    }

    @Override
    public int size() {
        return record.size();
    }

    @Override
    public String field(int index) {
        @Nullable ValueMask mask = masks.of(index);
        return mask == null || isNullAsWritten(index) ? record.field(index) : mask.of(record.field(index));
    }

    private boolean isNullAsWritten(int index) {
        return record.isNull(index, masks.writer().nulls());
    }

    @Override
    public boolean isTooLong(int index) {
        return record.isTooLong(index);
    }

    @Override
    public boolean quoted(int index) {
        return record.quoted(index);
    }

    @Override
    public boolean isNull(int index, NullTexts nulls) {
        @Nullable ValueMask mask = masks.of(index);
        return (mask != null && mask.isNull()) || record.isNull(index, nulls);
    }

    /** Returns the record as the feed's objects would have it, with its values masked and without those that are not loaded. */
    @Override
    public String raw() {
        return masks.writer().write(this, masks::isLoaded);
    }

    @Override
    public Optional<Problem> problem() {
        return Optional.empty();
    }
}
