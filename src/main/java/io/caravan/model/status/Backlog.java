package io.caravan.model.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a feed has found and not yet dealt with; objects that are set aside are among it.
 *
 * @param objects how many object versions
 * @param bytes their size as stored
 * @param oldest when the store got the oldest of them, by its clock; null if there is none
 */
public record Backlog(long objects, long bytes, @Nullable Instant oldest) {

    public static final Backlog NONE = new Backlog(0, 0, null);
}
