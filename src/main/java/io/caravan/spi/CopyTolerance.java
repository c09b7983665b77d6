package io.caravan.spi;

/** What COPY does when it cannot load some records of its data files. */
public enum CopyTolerance {
    /** It fails. */
    NONE,
    /** It leaves them out, and {@link StagingSession#readRefused} shows them; at 100,000 of them it fails. */
    SOME,
    /** It leaves them out, however many; {@link StagingSession#readRefused} may not show all of them. */
    ALL
}
