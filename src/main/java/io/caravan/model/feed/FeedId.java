package io.caravan.model.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a feed among the replicas of several services: its name is not enough, as two environments that share a database
 * or a namespace may both have a feed of a name.
 */
public final class FeedId {

    private static final char SEPARATOR = '\t';
    private static final int HASH_BYTES = 8;

    private FeedId() {}

    /**
     * Returns the feed's name, and a hash of where its objects come from and where its rows go; one line.
     *
     * @param warehouse tells the warehouse
     */
    public static String of(Feed feed, String warehouse) {
        FeedPlace place = feed.place();
        String prefixes = String.join("\n", place.prefixes());
        String all = String.join("\n", warehouse, place.target().toString(), place.bucket(), prefixes);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return feed.name() + SEPARATOR + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the feed's name. */
    public static String name(String id) {
        int end = id.lastIndexOf(SEPARATOR);
        return end < 0 ? id : id.substring(0, end);
    }

    /** Returns whether two ids are of feeds that have the name in common, and nothing else; a name alone may be any. */
    public static boolean areNamesakes(String id, String other) {
        return !id.equals(other)
                && id.indexOf(SEPARATOR) >= 0
                && other.indexOf(SEPARATOR) >= 0
                && name(id).equals(name(other));
    }
}
