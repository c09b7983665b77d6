package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;

/**
 * A record of empty fields only, as spreadsheets leave by the thousand below their rows. It is an empty line with delimiters, and
 * skipped like one. Where an empty field cannot be NULL, because the escapes have a NULL of their own, it is a row like others.
 */
public final class BlankRecord {

    private BlankRecord() {}

    /** Returns whether a record is one; not if a field is quoted, or there is only one. */
    public static boolean is(CsvRecord record, CsvFormat format) {
        if (record.problem().isPresent()
                || record.size() == 1
                || format.escapes().haveNames()) {
            return false;
        }
        // Of nearly every row the first field says no.
        for (int i = 0; i < record.size(); i++) {
            if (!isEmpty(record, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(CsvRecord record, int field) {
        return record.holds(field, "") && !record.quoted(field);
    }
}
