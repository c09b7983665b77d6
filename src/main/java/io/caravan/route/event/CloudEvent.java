package io.caravan.route.event;

import static java.util.Objects.requireNonNull;

import io.caravan.base.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened, as <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents</a> 1.0
 * has it.
 *
 * @param id the same each time it is told of the same thing; letters, digits and {@code -._}
 * @param type what kind it is of
 * @param feed whose
 * @param time when it happened
 * @param data the rest, without values of rows
 */
record CloudEvent(String id, String type, String feed, Instant time, Map<String, @Nullable Object> data) {

    /** What all types begin with. */
    private static final String PREFIX = "io.caravan.";

    CloudEvent {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(feed, "feed");
        requireNonNull(time, "time");
    }

    /** Returns the type as it is told. */
    String fullType() {
        return PREFIX + type;
    }

    /** Returns it as JSON, on one line. */
    String json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("specversion", "1.0");
        json.put("id", id);
        json.put("source", "/caravan");
        json.put("type", fullType());
        json.put("subject", feed);
        json.put("time", time.toString());
        json.put("datacontenttype", "application/json");
        json.put("data", data);
        return JsonText.of(json);
    }
}
