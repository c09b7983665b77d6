package io.caravan.aws.object;

import io.caravan.model.ContentHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What bytes come to, while they are read. Used by one thread. */
final class ContentDigest {

    private final MessageDigest sha256 = digest("SHA-256");
    private final @Nullable MessageDigest md5;

    /**
     * Begins with no bytes.
     *
     * @param withMd5 whether their MD5 is wanted too, which costs as much again
     */
    ContentDigest(boolean withMd5) {
        this.md5 = withMd5 ? digest("MD5") : null;
    }

    void update(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        if (md5 != null) {
            md5.update(bytes, offset, length);
        }
    }

    /** Returns what all of them come to; once. */
    ContentHash end() {
        HexFormat hex = HexFormat.of();
        return new ContentHash(hex.formatHex(sha256.digest()), md5 == null ? null : hex.formatHex(md5.digest()));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
