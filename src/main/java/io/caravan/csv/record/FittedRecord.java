package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;

/** Records of another width. */
public final class FittedRecord {

    private FittedRecord() {}

    /** Returns a well-formed record with so many fields: without those behind, or with NULL for those that it lacks. */
    public static CsvRecord of(CsvRecord record, int fields, CsvFormat format) {
        if (record instanceof RecordBuffer own && fields <= own.size()) {
            own.cut(fields);
            return own;
        }
        return KeptRecord.of(record, fields, format.nullString());
    }

    /** Returns a record that stays what it is when its source is asked for the next one. */
    public static CsvRecord kept(CsvRecord record) {
        return KeptRecord.of(record);
    }
}
