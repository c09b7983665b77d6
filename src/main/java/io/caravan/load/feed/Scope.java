package io.caravan.load.feed;

import java.util.List;

/**
 * Where a feed looks for new objects.
 *
 * @param prefixes what their keys begin with, none of them the beginning of another; if there is none, the feed does not look
 */
public record Scope(List<String> prefixes) {

    static final Scope NOTHING = new Scope(List.of());

    public Scope {
        prefixes = List.copyOf(prefixes);
    }

    /** Returns whether a look would find an object. */
    boolean covers(String key) {
        return prefixes.stream().anyMatch(key::startsWith);
    }
}
