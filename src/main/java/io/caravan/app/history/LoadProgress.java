package io.caravan.app.history;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a load that runs gets on, at one moment.
 *
 * @param id id of the load
 * @param feed name of the feed
 * @param started when it took its objects
 * @param objects how many it took
 * @param objectsStarted how many of them have been opened
 * @param totalBytes their size as stored
 * @param bytesRead how much of that has been read
 * @param rowsRead how many records have been read
 * @param current the object that is being read; null if none is
 */
public record LoadProgress(
        String id,
        String feed,
        Instant started,
        int objects,
        int objectsStarted,
        long totalBytes,
        long bytesRead,
        long rowsRead,
        @Nullable ObjectVersion current) {

    public LoadProgress {
        requireNonNull(id, "id");
        requireNonNull(feed, "feed");
        requireNonNull(started, "started");
    }

    /** Returns whether all has been read; then the rows are staged and merged. */
    public boolean isRead() {
        return bytesRead >= totalBytes && objectsStarted >= objects;
    }

    /** Returns how much has been read, from 0 to 1. */
    public double share() {
        return totalBytes == 0 ? 1 : Math.min(1, bytesRead / (double) totalBytes);
    }

    /** Returns how many records a second have been read. */
    public long rowsPerSecond(Instant now) {
        long millis = Math.max(1, Duration.between(started, now).toMillis());
        return rowsRead * 1000 / millis;
    }

    /** Returns how long the rest of the reading takes at the pace so far; null as long as nothing can be said. */
    public @Nullable Duration left(Instant now) {
        long millis = Duration.between(started, now).toMillis();
        if (bytesRead <= 0 || millis <= 0 || isRead()) {
            return null;
        }
        return Duration.ofMillis((long) (millis / (double) bytesRead * (totalBytes - bytesRead)));
    }

    LoadProgress opened(ObjectVersion object) {
        return new LoadProgress(
                id, feed, started, objects, objectsStarted + 1, totalBytes, bytesRead, rowsRead, object);
    }

    LoadProgress read(long bytes, long rows) {
        return new LoadProgress(
                id, feed, started, objects, objectsStarted, totalBytes, bytesRead + bytes, rowsRead + rows, current);
    }
}
