package io.caravan.csv.detect;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * A record of a sample, kept.
 *
 * @param line the line at which it starts, counted from 1
 * @param fields their texts, without quotes and escapes
 * @param quoted which of them were quoted or held an escape
 * @param isMalformed whether the record could not be read to its end
 */
record SampleRecord(long line, List<String> fields, BitSet quoted, boolean isMalformed) {

    static SampleRecord of(CsvRecord record) {
        if (record.problem().isPresent()) {
            return new SampleRecord(record.lineNumber(), List.of(record.raw()), new BitSet(), true);
        }
        List<String> fields = new ArrayList<>(record.size());
        BitSet quoted = new BitSet();
        for (int i = 0; i < record.size(); i++) {
            fields.add(record.isTooLong(i) ? "" : record.field(i));
            quoted.set(i, record.quoted(i));
        }
        return new SampleRecord(record.lineNumber(), fields, quoted, false);
    }

    /** Returns the same with other texts, none of them quoted. */
    SampleRecord with(List<String> texts) {
        return new SampleRecord(line, List.copyOf(texts), new BitSet(), false);
    }

    /** Returns the same with its first fields only. */
    SampleRecord cut(int fieldsLeft) {
        return new SampleRecord(
                line, List.copyOf(fields.subList(0, fieldsLeft)), quoted.get(0, fieldsLeft), isMalformed);
    }

    /** Returns the same with empty fields at its end. */
    SampleRecord filledTo(int size) {
        List<String> all = new ArrayList<>(fields);
        all.addAll(Collections.nCopies(size - fields.size(), ""));
        return new SampleRecord(line, all, quoted, isMalformed);
    }

    int size() {
        return fields.size();
    }

    String field(int index) {
        return fields.get(index);
    }

    /** Returns a field without blanks around it, those that do not break neither. */
    String text(int index) {
        return fields.get(index).replace('\u00A0', ' ').strip();
    }

    /** Returns whether no field from a number on is there, but for those that are empty and stand in no quotes. */
    boolean isEmptyFrom(int first) {
        for (int i = first; i < fields.size(); i++) {
            if (quoted.get(i) || !fields.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many fields hold more than blanks. */
    int filled() {
        int filled = 0;
        for (String field : fields) {
            filled += Blanks.isBlank(field) ? 0 : 1;
        }
        return filled;
    }

    boolean isBlank() {
        return !isMalformed && quoted.isEmpty() && filled() == 0;
    }
}
