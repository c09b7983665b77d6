package io.caravan.redshift.sql;

import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.FeedEntries;
import io.caravan.model.feed.FeedPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The condition by which rows of the ledger's tables belong to a feed. Such rows have a bucket and a key. */
final class FeedCondition {

    private FeedCondition() {}

    /**
     * Adds it.
     *
     * @param ofTarget the condition for the rows of one target, with one parameter for it
     */
    static Where add(Where where, FeedEntries entries, String ofTarget) {
        FeedPlace place = entries.place();
        if (place == null) {
            return where.and("feed = ?", entries.name());
        }
        List<Object> values = new ArrayList<>();
        StringBuilder part = new StringBuilder("(").append(of(place, values)).append(" OR (feed = ?");
        values.add(entries.name());
        for (FeedPlace other : entries.others()) {
            part.append(" AND NOT ").append(of(other, values));
        }
        return where.and(ofTarget, place.target().toString())
                .andAll(part.append("))").toString(), values);
    }

    /** Returns what is true of what comes from a bucket and prefix. Every key begins with nothing, whatever STRPOS says. */
    private static String of(FeedPlace place, List<Object> values) {
        values.add(place.bucket());
        return "(bucket = ?"
                + prefixes(place.prefixes(), values).map(part -> " AND " + part).orElse("") + ")";
    }

    /** Returns what is true of keys with one of some prefixes, and adds these; nothing if that is so of all. */
    static Optional<String> prefixes(List<String> prefixes, List<? super String> values) {
        if (prefixes.contains("")) {
            return Optional.empty();
        }
        values.addAll(prefixes);
        String any =
                prefixes.stream().map(prefix -> "STRPOS(object_key, ?) = 1").collect(joining(" OR "));
        return Optional.of(prefixes.size() == 1 ? any : "(" + any + ")");
    }
}
