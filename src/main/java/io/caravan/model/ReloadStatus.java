package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which routes run: those of the route files as they are, or those of before because the files do not hold.
 *
 * @param appliedAt when the routes that run were taken over
 * @param refusedSince since when the route files have been refused; null if they have not
 * @param reason what is wrong with them, a line for each problem; null likewise
 */
public record ReloadStatus(Instant appliedAt, @Nullable Instant refusedSince, @Nullable String reason) {

    public ReloadStatus {
        requireNonNull(appliedAt, "appliedAt");
    }

    /** Returns whether the routes that run are not those of the route files. */
    public boolean isRefused() {
        return refusedSince != null;
    }
}
