package io.caravan.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.model.Column;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes rows: SHA-256, of which the first 128 bits are kept. Two rows have one hash if the warehouse takes them for equal:
 * values are canonical, and blanks at the end of a text do not count. Used by one thread.
 *
 * <p>Each value stands behind its length in bytes and a colon, so that no two lists of values are written the same; NULL is a
 * colon alone. The warehouse can write keys so, too.
 */
final class RowHasher {

    private static final int FIRST_BYTES = 1 << 10;

    private final int[] keyPositions;
    private final boolean[] texts;
    private final MessageDigest sha;
    private final byte[] digest;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int size;

    /**
     * Prepares for rows of these columns.
     *
     * @param keys those of them that are matching keys
     */
    RowHasher(List<Column> columns, List<Column> keys) {
        this.keyPositions = keys.stream().mapToInt(columns::indexOf).toArray();
        this.texts = new boolean[columns.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = columns.get(i).type().kind().isText();
        }
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        this.digest = new byte[sha.getDigestLength()];
    }

    /** Returns the hash of a row's values, which stand in the order of the columns. */
    RowHash hash(List<@Nullable String> values) {
        size = 0;
        for (int key : keyPositions) {
            add(values.get(key), texts[key]);
        }
        ByteBuffer keyHash = digest();
        long keyHigh = keyHash.getLong(0);
        long keyLow = keyHash.getLong(Long.BYTES);
        size = 0;
        for (int i = 0; i < texts.length; i++) {
            add(values.get(i), texts[i]);
        }
        ByteBuffer rowHash = digest();
        return new RowHash(keyHigh, keyLow, rowHash.getLong(0), rowHash.getLong(Long.BYTES));
    }

    private void add(@Nullable String value, boolean isText) {
        if (value == null) {
            reserve(1);
            buffer[size++] = ':';
            return;
        }
        int end = isText ? RowKeys.lengthWithoutBlanks(value) : value.length();
        int before = size;
        if (!isAddedAsAscii(value, end)) {
            size = before;
            byte[] bytes = value.substring(0, end).getBytes(UTF_8);
            addLength(bytes.length);
            reserve(bytes.length);
            System.arraycopy(bytes, 0, buffer, size, bytes.length);
            size += bytes.length;
        }
    }

    /** Adds the usual value in one pass. */
    private boolean isAddedAsAscii(String value, int end) {
        addLength(end);
        reserve(end);
        byte[] bytes = buffer;
        int at = size;
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            bytes[at++] = (byte) c;
        }
        size = at;
        return true;
    }

    private void addLength(int length) {
        byte[] digits = Integer.toString(length).getBytes(US_ASCII);
        reserve(digits.length + 1);
        System.arraycopy(digits, 0, buffer, size, digits.length);
        size += digits.length;
        buffer[size++] = ':';
    }

    private void reserve(int bytes) {
        if (size + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }

    private ByteBuffer digest() {
        try {
            sha.update(buffer, 0, size);
            sha.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the buffer is as long as the digest", e);
        }
        return ByteBuffer.wrap(digest);
    }
}
