package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.BlankRecord;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.NamesRecord;
import io.caravan.model.feed.CsvFormat;
import java.util.Iterator;
import java.util.List;

/**
 * What names the fields of an object: its first record that is no blank one, or what the feed says.
 *
 * @param names of the fields
 * @param records those that follow
 * @param blank how many of these were blank, and are left out
 */
public record ObjectHeader(CsvRecord names, Iterator<? extends CsvRecord> records, long blank) {

    public ObjectHeader {
        requireNonNull(names, "names");
        requireNonNull(records, "records");
    }

    /**
     * Reads it.
     *
     * @param records from the object's beginning
     * @throws RejectedObjectException if there is none
     */
    public static ObjectHeader read(Iterator<? extends CsvRecord> records, CsvFormat format) {
        if (!format.header()) {
            return given(records, format);
        }
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (!BlankRecord.is(record, format)) {
                return new ObjectHeader(record, records, 0);
            }
        }
        throw new RejectedObjectException(
                ErrorCode.OBJECT_NO_HEADER,
                format.layout().hasRecordsOnly()
                        ? "the object is empty, it has not even a header; write the header also where there are no rows"
                        : "nothing is left of the object, not even a header, without the lines that the feed skips; check"
                                + " skipLines, skipLastLines and comment");
    }

    /** A full load of AWS DMS has the fields of the table alone, and changes have one before them. */
    private static ObjectHeader given(Iterator<? extends CsvRecord> records, CsvFormat format) {
        List<String> names = format.layout().names();
        String change = format.layout().changeName();
        if (change.isEmpty()) {
            return new ObjectHeader(new NamesRecord(names), records, 0);
        }
        FirstRecord first = new FirstRecord(records, format);
        boolean isFullLoad = first.fields() == names.size() - 1;
        List<String> own =
                isFullLoad ? names.stream().filter(name -> !name.equals(change)).toList() : names;
        return new ObjectHeader(new NamesRecord(own), first, first.blank());
    }
}
