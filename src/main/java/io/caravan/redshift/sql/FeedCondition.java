package io.caravan.redshift.sql;

import io.caravan.model.feed.FeedEntries;
import io.caravan.model.feed.FeedPlace;
import java.util.ArrayList;
import java.util.List;

/** The condition by which rows of the ledger's tables belong to a feed. Such rows say of which bucket and key they speak. */
final class FeedCondition {

    private FeedCondition() {}

    /**
     * Adds it.
     *
     * @param ofTarget what is true of the rows of one target, with one parameter for it
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
        if (place.prefix().isEmpty()) {
            return "(bucket = ?)";
        }
        values.add(place.prefix());
        return "(bucket = ? AND STRPOS(object_key, ?) = 1)";
    }
}
