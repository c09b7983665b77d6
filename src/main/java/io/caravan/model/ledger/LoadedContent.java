package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The object version that was loaded last under its key, and its bytes.
 *
 * @param object the version
 * @param sha256 what its bytes come to, as {@link ContentHash} has it; null if nobody has read them, or an older release has
 */
public record LoadedContent(ObjectVersion object, @Nullable String sha256) {

    /** A single upload has the <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">MD5</a> of its bytes, unless it is encrypted by KMS. */
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    public LoadedContent {
        requireNonNull(object, "object");
    }

    /** Returns whether only an MD5 can say that other bytes are the same. */
    public boolean needsMd5() {
        return sha256 == null && MD5.matcher(object.etag()).matches();
    }

    /**
     * Returns whether these are its bytes, as far as that can be told.
     *
     * @param sizeBytes how many they are
     */
    public boolean isSame(long sizeBytes, ContentHash hash) {
        boolean hashesMatch =
                sha256 == null ? needsMd5() && object.etag().equals(hash.md5()) : sha256.equals(hash.sha256());
        return hashesMatch && sizeBytes == object.sizeBytes();
    }
}
