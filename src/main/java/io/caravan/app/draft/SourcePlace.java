package io.caravan.app.draft;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;

/**
 * Where objects are.
 *
 * @param prefix what their keys begin with; may be empty
 */
public record SourcePlace(String bucket, String prefix) {

    private static final String SCHEME = "s3://";

    /** Returns whether a text names objects in S3; anything else names a file. */
    public static boolean isS3(String source) {
        return source.startsWith(SCHEME);
    }

    /**
     * Reads {@code s3://bucket/prefix}.
     *
     * @throws InvalidConfigurationException if it is not of this form
     */
    public static SourcePlace parse(String source) {
        String text = source.substring(SCHEME.length());
        int slash = text.indexOf('/');
        String bucket = slash < 0 ? text : text.substring(0, slash);
        if (bucket.isBlank()) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "'" + source + "' names no bucket; write s3://bucket/prefix");
        }
        return new SourcePlace(bucket, slash < 0 ? "" : text.substring(slash + 1));
    }
}
