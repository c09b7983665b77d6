package io.caravan.model.status;

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

    /** Returns what it is when changed files have been taken. */
    public ReloadStatus applied(Instant at) {
        return new ReloadStatus(applied + 1, refused, at, null, null);
    }

    /**
     * Returns what it is when the files are refused.
     *
     * @param isNew whether they have not been refused before, as they are
     */
    public ReloadStatus refused(Instant at, String why, boolean isNew) {
        return new ReloadStatus(
                applied, isNew ? refused + 1 : refused, appliedAt, refusedSince == null ? at : refusedSince, why);
    }

    /** Returns what it is when the files are again those of before. */
    public ReloadStatus takenBack() {
        return new ReloadStatus(applied, refused, appliedAt, null, null);
    }

    /** Returns whether what runs is what the files say. */
    public boolean isCurrent() {
        return refusedSince == null;
    }
}
