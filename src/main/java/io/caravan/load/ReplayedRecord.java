package io.caravan.load;

import static java.util.Objects.requireNonNull;

/**
 * A rejected record that goes through its feed again.
 *
 * @param line line at which it starts in the object that it stands in, from 1
 * @param text the record, without its line break
 */
record ReplayedRecord(long line, String text) {

    ReplayedRecord {
        requireNonNull(text, "text");
    }
}
