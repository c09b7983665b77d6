package io.caravan.csv;

import io.caravan.csv.record.BlankRecord;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.FittedRecord;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.RecordLength;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Records of an object that end in empty fields without a name, because whatever wrote them puts a delimiter behind each value,
 * are read without these fields. If the header does not end so, or the records do not where it does, the first records say
 * whether all are like this: a single one may be one whose values are in wrong places.
 */
public final class RecordFit implements Iterator<CsvRecord> {

    /** So many records are looked at, if they are not too long. */
    private static final int RECORDS = 100;

    private static final int MOST_CHARS = 1024 * 1024;

    private final Iterator<? extends CsvRecord> records;
    private final CsvFormat format;
    private final RepeatedHeader header;
    private final int fields;
    private final int inHeader;
    private final boolean ignoresNameless;
    private final Deque<CsvRecord> ahead = new ArrayDeque<>();
    private boolean isOpen = true;

    /** How many fields a record has as it is written, those without a name too. */
    private int written;

    /** How many fields a record has that is right as it is; 0 if none is. */
    private int width;

    /**
     * Looks at nothing yet.
     *
     * @param records those behind the header
     * @param fields how many fields have names
     * @param inHeader how many the header has, those at its end without a name too
     * @param ignoresNameless whether fields without a name may hold anything, because they are not loaded
     */
    public RecordFit(
            Iterator<? extends CsvRecord> records,
            CsvFormat format,
            RepeatedHeader header,
            int fields,
            int inHeader,
            boolean ignoresNameless) {
        this.records = records;
        this.format = format;
        this.header = header;
        this.fields = fields;
        this.inHeader = inHeader;
        this.ignoresNameless = ignoresNameless;
        setWritten(inHeader);
    }

    private void setWritten(int count) {
        written = count;
        width = count == fields ? fields : 0;
    }

    /** Returns whether all that follows can be read from the records' source. */
    boolean isSettled() {
        return !isOpen && ahead.isEmpty();
    }

    Iterator<? extends CsvRecord> source() {
        return records;
    }

    /** Returns how many fields records have, those without a name too. */
    int written() {
        return written;
    }

    /** Returns the record with as many fields as there are names; null if it has others. */
    public @Nullable CsvRecord fit(CsvRecord record) {
        int size = record.size();
        if (size == width) {
            return record;
        }
        RecordLength length = format.layout().length();
        boolean isShort = length != RecordLength.EQUAL;
        boolean isRight = size < fields
                ? isShort
                : (ignoresNameless && size <= inHeader)
                        || ((size == written || (isShort && size < written) || length == RecordLength.ANY)
                                && isEmptyBehind(record));
        return isRight ? FittedRecord.of(record, fields, format) : null;
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || records.hasNext();
    }

    @Override
    public CsvRecord next() {
        if (!ahead.isEmpty()) {
            return ahead.remove();
        }
        CsvRecord record = records.next();
        if (!isOpen || !says(record)) {
            return record;
        }
        isOpen = record.size() != written;
        if (!isOpen || record.size() < fields || !isEmptyBehind(record)) {
            return record;
        }
        isOpen = false;
        lookAhead(record);
        return ahead.remove();
    }

    private void lookAhead(CsvRecord first) {
        int size = first.size();
        long chars = 0;
        boolean agree = true;
        CsvRecord record = first;
        while (true) {
            boolean denies = record.size() == written || (record.size() == size && !isEmptyBehind(record));
            agree &= !denies || !says(record);
            CsvRecord kept = FittedRecord.kept(record);
            ahead.add(kept);
            chars += chars(kept);
            if (!agree || ahead.size() == RECORDS || chars > MOST_CHARS || !records.hasNext()) {
                break;
            }
            record = records.next();
        }
        if (agree) {
            setWritten(size);
        }
    }

    private static long chars(CsvRecord record) {
        long chars = record.raw().length();
        for (int i = 0; i < record.size(); i++) {
            chars += record.chars(i);
        }
        return chars;
    }

    /** Returns whether a record says anything of the others. */
    private boolean says(CsvRecord record) {
        return record.problem().isEmpty() && !BlankRecord.is(record, format) && !header.is(record);
    }

    private boolean isEmptyBehind(CsvRecord record) {
        for (int i = fields; i < record.size(); i++) {
            if (record.quoted(i) || !record.holds(i, "")) {
                return false;
            }
        }
        return true;
    }
}
