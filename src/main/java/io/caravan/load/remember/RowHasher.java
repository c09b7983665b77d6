package io.caravan.load.remember;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.load.batch.RowKeys;
import io.caravan.model.row.PackedValues;
import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.Column;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes rows: SHA-256, of which the first 128 bits are kept. Two rows have one hash if a load takes one for the other
 * unchanged: values are canonical, and blanks at the end of a matching key, or of a CHAR, do not count. Used by one thread.
 *
 * <p>A row is hashed as it is packed. Each of its keys stands behind its length in bytes and a colon, which the warehouse can write,
 * too; NULL is a colon alone.
 */
final class RowHasher {

    private static final byte[] NOTHING = {};

    private final int[] keyPositions;
    private final boolean[] ignoreBlanks;
    private final MessageDigest sha;
    private final byte[] digest;
    private final ValuePacker packer;

    /**
     * Prepares for rows of these columns.
     *
     * @param keys those of them that are matching keys
     */
    RowHasher(List<Column> columns, List<Column> keys) {
        this.keyPositions = keys.stream().mapToInt(columns::indexOf).toArray();
        this.ignoreBlanks = new boolean[columns.size()];
        for (int i = 0; i < ignoreBlanks.length; i++) {
            Column column = columns.get(i);
            ignoreBlanks[i] = switch (column.type().kind()) {
                case CHAR -> true;
                case VARCHAR -> keys.contains(column);
                case SMALLINT,
                        INTEGER,
                        BIGINT,
                        DECIMAL,
                        REAL,
                        DOUBLE,
                        BOOLEAN,
                        DATE,
                        TIMESTAMP,
                        TIMESTAMPTZ,
                        TIME,
                        TIMETZ,
                        SUPER,
                        VARBYTE -> false;
            };
        }
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        this.packer = new ValuePacker(columns.size());
        this.digest = new byte[sha.getDigestLength()];
    }

    /** Returns the hash of a row's values, which stand in the order of the columns. */
    RowHash hash(List<@Nullable String> values) {
        for (int key : keyPositions) {
            update(values.get(key), ignoreBlanks[key]);
        }
        ByteBuffer keyHash = digest();
        long keyHigh = keyHash.getLong(0);
        long keyLow = keyHash.getLong(Long.BYTES);
        compared(values).update(sha);
        ByteBuffer rowHash = digest();
        return new RowHash(keyHigh, keyLow, rowHash.getLong(0), rowHash.getLong(Long.BYTES));
    }

    /**
     * Returns the hash of keys, with nothing of a row.
     *
     * @param keys their values, in their order
     */
    RowHash hashOfKeys(List<String> keys) {
        for (int i = 0; i < keyPositions.length; i++) {
            update(keys.get(i), ignoreBlanks[keyPositions[i]]);
        }
        ByteBuffer hash = digest();
        return new RowHash(hash.getLong(0), hash.getLong(Long.BYTES), 0, 0);
    }

    /** Returns the values as they are compared. */
    private PackedValues compared(List<@Nullable String> values) {
        if (values instanceof PackedValues packed && !packed.endInBlanks()) {
            return packed;
        }
        packer.clear();
        int place = 0;
        for (String value : values) {
            packer.put(place, value == null || !ignoreBlanks[place] ? value : compared(value));
            place++;
        }
        return packer.pack();
    }

    private static String compared(String text) {
        return text.substring(0, RowKeys.lengthWithoutBlanks(text));
    }

    private void update(@Nullable String value, boolean ignoresBlanks) {
        byte[] bytes = value == null ? NOTHING : (ignoresBlanks ? compared(value) : value).getBytes(UTF_8);
        sha.update((value == null ? ":" : bytes.length + ":").getBytes(US_ASCII));
        sha.update(bytes);
    }

    private ByteBuffer digest() {
        try {
            sha.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the array is as long as the digest", e);
        }
        return ByteBuffer.wrap(digest);
    }
}
