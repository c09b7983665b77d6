package io.caravan.spi;

/** What becomes of a COPY that refuses records of its data files. */
public enum CopyTolerance {
    /** It fails. */
    NONE,
    /** It leaves them out, and {@link StagingSession#readRefused} shows them; of 100,000 it fails. */
    SOME,
    /** It leaves them out, however many; whether they are shown is not known. */
    ALL
}
