package io.caravan.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the route files that were changed at run time got on. What is refused changes nothing: the last good state goes on.
 *
 * @param applied how often changed files were taken since the start of the process
 * @param refused how often they were refused
 * @param appliedAt when the feeds that run now were taken; null if that is not known yet
 * @param refusedSince since when the files are not what runs; null if they are
 * @param reason why they were refused, for people; null likewise
 */
public record ReloadStatus(
        long applied,
        long refused,
        @Nullable Instant appliedAt,
        @Nullable Instant refusedSince,
        @Nullable String reason) {

    /** Returns the status of files that were taken at the start and have not changed since. */
    public static ReloadStatus unchanged(Instant appliedAt) {
        return new ReloadStatus(0, 0, appliedAt, null, null);
    }

    /** Returns whether what runs is what the files say. */
    public boolean isCurrent() {
        return refusedSince == null;
    }
}
