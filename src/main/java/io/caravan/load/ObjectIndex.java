package io.caravan.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Remembers the ETag last dealt with for each bucket and key, in a few tens of bytes an object: 128 bits stand for the
 * key and 64 for the ETag. Two keys meet in one entry about once in 10^26 pairs, and would then merely load again.
 *
 * <p>Not safe for use by several threads.
 */
final class ObjectIndex {

    private static final int WORDS = 3;
    private static final int FIRST_SLOTS = 1 << 10;

    private final MessageDigest digest = sha256();

    /** Open addressing: two words of key and one of ETag a slot; a slot whose first word is 0 is free. */
    private long[] table = new long[FIRST_SLOTS * WORDS];

    private int size;

    void put(String bucket, String key, String etag) {
        if ((size + 1) * 4L > (long) slots() * 3) {
            grow();
        }
        ByteBuffer hash = hash(bucket + "/" + key);
        put(nonZero(hash.getLong()), hash.getLong(), hash(etag).getLong());
    }

    /** Returns whether this ETag is the one last put for the key. */
    boolean contains(String bucket, String key, String etag) {
        ByteBuffer hash = hash(bucket + "/" + key);
        int slot = find(nonZero(hash.getLong()), hash.getLong());
        return table[slot] != 0 && table[slot + 2] == hash(etag).getLong();
    }

    /** Returns how many keys are remembered. */
    int size() {
        return size;
    }

    private void put(long first, long second, long etag) {
        int slot = find(first, second);
        if (table[slot] == 0) {
            size++;
            table[slot] = first;
            table[slot + 1] = second;
        }
        table[slot + 2] = etag;
    }

    /** Returns where the key is, or where it would be. */
    private int find(long first, long second) {
        int slot = (int) (second & (slots() - 1));
        while (table[slot * WORDS] != 0 && (table[slot * WORDS] != first || table[slot * WORDS + 1] != second)) {
            slot = (slot + 1) & (slots() - 1);
        }
        return slot * WORDS;
    }

    private int slots() {
        return table.length / WORDS;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        size = 0;
        for (int i = 0; i < old.length; i += WORDS) {
            if (old[i] != 0) {
                put(old[i], old[i + 1], old[i + 2]);
            }
        }
    }

    private ByteBuffer hash(String text) {
        return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static long nonZero(long hash) {
        return hash == 0 ? 1 : hash;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
