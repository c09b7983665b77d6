package io.caravan.load.replay;

import static java.util.Objects.requireNonNull;

import io.caravan.csv.record.RecordText;
import io.caravan.model.feed.CsvFormat;
import java.util.Optional;

/**
 * A rejected record to replay.
 *
 * @param line line at which it starts in the original object, from 1
 * @param text the record, without its line break
 * @param isOriginal whether the text is that of the object; otherwise it was changed on its way
 */
record ReplayedRecord(long line, String text, boolean isOriginal) {

    ReplayedRecord {
        requireNonNull(text, "text");
    }

    /** Returns the record as a person says that it should have been: a text that is changed is a record of the object's. */
    ReplayedRecord corrected(String correction) {
        return new ReplayedRecord(line, correction, isOriginal || !correction.equals(text));
    }

    /** Returns why the record cannot be replayed; empty if it can. */
    Optional<LeftOpen> obstacle(CsvFormat format) {
        return isOriginal
                ? RecordText.flaw(text, format).map(flaw -> switch (flaw) {
                    case CUT -> LeftOpen.CUT;
                    case BYTES -> LeftOpen.BYTES;
                    case MALFORMED -> LeftOpen.MALFORMED;
                })
                : Optional.of(LeftOpen.VALUES);
    }
}
