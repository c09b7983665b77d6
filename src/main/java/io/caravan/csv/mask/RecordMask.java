package io.caravan.csv.mask;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.NamesRecord;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.mask.Mask;
import io.caravan.model.mask.Masks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Masks the records of an object. Not safe for use by several threads. */
public final class RecordMask {

    private final @Nullable ValueMask[] fields;
    private final boolean[] areLoaded;
    private final RecordWriter writer;

    /**
     * Makes the masks ready.
     *
     * @param columns the names, folded, of the columns that the fields go into; null for a field that is not loaded
     * @throws io.caravan.base.CaravanException if a key cannot be got
     */
    public RecordMask(Masks masks, List<@Nullable String> columns, CsvFormat format) {
        this.fields = new @Nullable ValueMask[columns.size()];
        this.areLoaded = new boolean[columns.size()];
        this.writer = new RecordWriter(format);
        for (int i = 0; i < fields.length; i++) {
            String column = columns.get(i);
            areLoaded[i] = column != null;
            @Nullable Mask mask = column == null ? null : masks.byColumn().get(column);
            fields[i] = mask == null ? null : ValueMask.of(mask, masks);
        }
    }

    /** Returns a well-formed record with as many fields as there are columns, masked. It is valid as long as the record is. */
    public CsvRecord mask(CsvRecord record) {
        return new MaskedRecord(record, this);
    }

    /** Returns a header with the names of those fields alone that are loaded. */
    public String names(List<String> names) {
        return writer.write(new NamesRecord(names), this::isLoaded);
    }

    /** Returns what is left of a record of which nobody knows what its fields are: its place. */
    public CsvRecord leaveOut(CsvRecord record) {
        return new LeftOutRecord(record.lineNumber(), record.problem());
    }

    @Nullable
    ValueMask of(int field) {
        return fields[field];
    }

    /** Whatever is in a field that is not loaded is nobody's to see either. */
    boolean isLoaded(int field) {
        return field < areLoaded.length && areLoaded[field];
    }

    RecordWriter writer() {
        return writer;
    }
}
