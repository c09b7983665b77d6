package io.caravan.load.verify;

import java.util.Locale;

/** The result of the comparison of a table with its objects. */
public enum VerifyVerdict {
    /** All that was compared is equal. */
    EQUAL,
    /** Rows differ. */
    DIFFERENT,
    /** It cannot be known. */
    UNKNOWN;

    /** Returns the name as people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
