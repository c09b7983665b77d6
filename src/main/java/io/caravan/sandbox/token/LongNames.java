package io.caravan.sandbox.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of up to 127 bytes, where PostgreSQL keeps 63: a longer one goes to PostgreSQL as its beginning and a hash.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_names.html">Names and identifiers</a>
 */
public final class LongNames {

    private static final int MAX = 127;
    private static final int MAX_IN_POSTGRESQL = 63;
    private static final int BEGINNING = 39;
    private static final String MARK = "~~";
    private static final int HASH_BYTES = 11;

    private LongNames() {}

    /** Returns whether a text of PostgreSQL can have short forms in it. */
    public static boolean mayHold(String text) {
        return text.contains(MARK);
    }

    /** Returns the name as Redshift keeps it: what is beyond 127 bytes is cut without a word. */
    static String cut(String name) {
        return name.length() * 3 <= MAX ? name : cut(name, MAX);
    }

    /** Returns the name for PostgreSQL; a short one is itself. */
    public static String shorten(String name) {
        if (name.length() * 3 <= MAX_IN_POSTGRESQL) {
            return name;
        }
        String full = cut(name);
        byte[] bytes = full.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_IN_POSTGRESQL ? full : cut(full, BEGINNING) + MARK + hash(bytes);
    }

    /** Returns the first bytes of a name, whole characters of them. */
    public static String cut(String name, int most) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return name;
        }
        int end = most;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static String hash(byte[] name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
