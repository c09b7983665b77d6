package io.caravan.app.report;

/** What the process says when it ends. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;

    /** Something could not be reached, or failed. */
    public static final int FAILED = 1;

    /** Bad usage or settings. */
    public static final int INVALID = 2;

    /** Done, but rows or objects were rejected. */
    public static final int REJECTED = 3;

    private ExitCode() {}
}
