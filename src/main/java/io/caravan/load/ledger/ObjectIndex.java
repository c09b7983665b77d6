package io.caravan.load.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Remembers the version last dealt with for each bucket and key, in 32 to 48 bytes an object: 96 bits stand for the key, 64 for
 * the ETag, and 32 for the second in which the version was stored; the table grows by half when three quarters of it are full.
 * Two keys meet in one entry about once in 10^16 times for ten million objects, and would then merely load again.
 *
 * <p>Not safe for use by several threads.
 */
final class ObjectIndex {

    private static final int WORDS = 3;
    private static final int FIRST_SLOTS = 1 << 10;
    private static final long SECONDS = 0xFFFF_FFFFL;

    private final MessageDigest digest = sha256();

    /**
     * Open addressing: a slot has a word of key, half a word of key and half a word of seconds, and a word of ETag; one whose
     * first word is 0 is free.
     */
    private long[] table = new long[FIRST_SLOTS * WORDS];

    private int size;

    /** Puts the version last dealt with under its key. */
    void put(String bucket, String key, String etag, Instant lastModified) {
        if ((size + 1) * 4L > (long) slots() * 3) {
            grow();
        }
        ByteBuffer hash = hash(bucket + "/" + key);
        long first = nonZero(hash.getLong());
        put(
                first,
                (hash.getLong() & ~SECONDS) | seconds(lastModified),
                hash(etag).getLong());
    }

    /** Compares a version with the one last put for the key. */
    Known find(String bucket, String key, String etag, Instant lastModified) {
        ByteBuffer hash = hash(bucket + "/" + key);
        int slot = find(nonZero(hash.getLong()), hash.getLong());
        if (table[slot] == 0 || table[slot + 2] != hash(etag).getLong()) {
            return Known.NEW;
        }
        return seconds(lastModified) > (table[slot + 1] & SECONDS) ? Known.STORED_AGAIN : Known.DONE;
    }

    /** Returns whether the version last put for the key was stored in a later second. */
    boolean hasLater(String bucket, String key, Instant lastModified) {
        ByteBuffer hash = hash(bucket + "/" + key);
        int slot = find(nonZero(hash.getLong()), hash.getLong());
        return table[slot] != 0 && (table[slot + 1] & SECONDS) > seconds(lastModified);
    }

    /** Returns whether a version was put for the key. */
    boolean hasKey(String bucket, String key) {
        ByteBuffer hash = hash(bucket + "/" + key);
        return table[find(nonZero(hash.getLong()), hash.getLong())] != 0;
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
        }
        table[slot + 1] = second;
        table[slot + 2] = etag;
    }

    /** Returns where the key is, or where it would be. */
    private int find(long first, long second) {
        int slots = slots();
        // The first 31 bits as a share of all slots.
        int slot = (int) (((first >>> 33) * slots) >>> 31);
        while (table[slot * WORDS] != 0
                && (table[slot * WORDS] != first || (table[slot * WORDS + 1] ^ second) >>> Integer.SIZE != 0)) {
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        return slot * WORDS;
    }

    private int slots() {
        return table.length / WORDS;
    }

    private void grow() {
        long[] old = table;
        table = new long[(slots() + slots() / 2) * WORDS];
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

    /** S3 tells no more in a listing. They fit until 2106. */
    private static long seconds(Instant time) {
        return Math.max(0, Math.min(SECONDS, time.getEpochSecond()));
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
