package io.caravan.load.feed;

import java.util.List;

/**
 * The part of the store in which a feed looks for new objects.
 *
 * @param prefixes prefixes of the objects' keys, none of them a prefix of another; if there is none, the feed does not look
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
