package io.caravan.load;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a load's objects, with equal ones kept only once: most objects have the same header, and a header may be 64
 * KiB.
 */
final class KeptHeaders {

    /** Of the headers that differ, until the rest of the objects are left to a later load. */
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private @Nullable String last;
    private long chars;

    /** Returns the kept copy of a header; null if the header is not known. */
    @Nullable
    String keep(@Nullable String header) {
        if (header != null && !header.equals(last)) {
            last = header;
            chars += header.length();
        }
        return header == null ? null : last;
    }

    boolean areTooLong() {
        return chars > MAX_CHARS;
    }
}
