package io.caravan.model.preview;

import java.util.Locale;

/** What a row would do to the target. */
public enum RowEffect {
    /** The target has no row of its keys, and gets it. */
    INSERTED,
    /** The target's row gets its values; of a history it ends, and this is its next version. */
    UPDATED,
    /** The target's row goes, is marked or ends: a row says so, or a snapshot lacks it. */
    DELETED,
    /** The target stays as it is though the row differs: it is newer, or rows are left alone, or left out. */
    STALE;

    /** Returns the word for it, as reports have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
