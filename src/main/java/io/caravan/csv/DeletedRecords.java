package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.ChangeWords;
import java.util.List;
import java.util.Map;

/** Tells records that only delete a row, quickly where they say it in a usual way. */
final class DeletedRecords {

    private final int field;
    private final ChangeWords words;
    private final List<String> deletes;
    private final List<String> others;

    /**
     * Tells nothing yet.
     *
     * @param field which one says it, from 0
     */
    DeletedRecords(int field, ChangeWords words) {
        this.field = field;
        this.words = words;
        this.deletes = spellings(words, true);
        this.others = spellings(words, false);
    }

    private static List<String> spellings(ChangeWords words, boolean deletes) {
        return words.spellings().entrySet().stream()
                .filter(spelling -> spelling.getValue().equals(ChangeWords.DELETE) == deletes)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean are(CsvRecord record) {
        if (holdsOne(record, others)) {
            return false;
        }
        if (holdsOne(record, deletes)) {
            return true;
        }
        return !record.isTooLong(field)
                && words.find(record.field(field))
                        .filter(ChangeWords.DELETE::equals)
                        .isPresent();
    }

    private boolean holdsOne(CsvRecord record, List<String> some) {
        for (String spelling : some) {
            if (record.holds(field, spelling)) {
                return true;
            }
        }
        return false;
    }
}
