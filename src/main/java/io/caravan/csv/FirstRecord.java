package io.caravan.csv;

import io.caravan.csv.record.BlankRecord;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.CsvFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Records without names, of which the first one that is not blank is looked at before it is read: it tells how many fields there are. */
public final class FirstRecord implements Iterator<CsvRecord> {

    /** Of records that do not tell. */
    public static final int UNKNOWN = -1;

    private final Iterator<? extends CsvRecord> records;
    private final int fields;
    private @Nullable CsvRecord first;
    private long blank;

    /**
     * Looks at the first record.
     *
     * @param records from the object's beginning
     */
    public FirstRecord(Iterator<? extends CsvRecord> records, CsvFormat format) {
        this.records = records;
        while (first == null && records.hasNext()) {
            CsvRecord record = records.next();
            if (BlankRecord.is(record, format)) {
                blank++;
            } else {
                first = record;
            }
        }
        this.fields = first == null ? UNKNOWN : fields(first, format);
    }

    /** A record that is malformed, or not the first of an object, does not tell it. */
    private static int fields(CsvRecord first, CsvFormat format) {
        boolean tells = first.problem().isEmpty() && format.layout().maySayDelimiter();
        return tells ? first.size() : UNKNOWN;
    }

    /** Returns how many fields the record has; {@link #UNKNOWN} if there is none that tells. */
    public int fields() {
        return fields;
    }

    /** Returns how many records were blank before it, which are left out. */
    long blank() {
        return blank;
    }

    @Override
    public boolean hasNext() {
        return first != null || records.hasNext();
    }

    @Override
    public CsvRecord next() {
        CsvRecord record = first;
        first = null;
        if (record != null) {
            return record;
        }
        if (!records.hasNext()) {
            throw new NoSuchElementException();
        }
        return records.next();
    }
}
