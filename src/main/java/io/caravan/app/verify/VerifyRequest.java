package io.caravan.app.verify;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are to be compared with their objects.
 *
 * @param feeds names of feeds of these tables; empty for all
 * @param since the time from which loads count; null for all
 */
public record VerifyRequest(Set<String> feeds, @Nullable Instant since) {

    public VerifyRequest {
        feeds = Collections.unmodifiableSet(new LinkedHashSet<>(feeds));
    }
}
