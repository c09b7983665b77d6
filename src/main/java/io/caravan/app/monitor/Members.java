package io.caravan.app.monitor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object, in their order. */
final class Members {

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /**
     * Adds a member.
     *
     * @param value as {@link io.caravan.base.JsonText} takes it; a time becomes its text; null is null
     */
    Members put(String name, @Nullable Object value) {
        members.put(name, value instanceof Instant time ? time.toString() : value);
        return this;
    }

    Map<String, @Nullable Object> map() {
        return members;
    }
}
