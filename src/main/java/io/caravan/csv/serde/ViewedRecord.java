package io.caravan.csv.serde;

import java.util.BitSet;
import java.util.List;

/**
 * A record of an object, kept until it is known whether it loads.
 *
 * @param line of the object at which it starts, from 1
 * @param where the same with the object, for people
 * @param raw as it stands in the object
 * @param fields the texts of its fields
 * @param nulls which of them are NULL to the feed
 */
record ViewedRecord(long line, String where, String raw, List<String> fields, BitSet nulls) {

    ViewedRecord {
        fields = List.copyOf(fields);
        nulls = (BitSet) nulls.clone();
    }

    boolean isNull(int field) {
        return nulls.get(field);
    }

    /** Returns how many lines it takes. */
    long lines() {
        return 1 + breaks(raw);
    }

    static long breaks(String text) {
        long breaks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                breaks++;
            }
        }
        return breaks;
    }
}
