package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.caravan.spi.RememberedFiles;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** What feeds remember, in S3, an object each: {@code PREFIX/remembered/FEED}. No data file has such a name. */
public final class S3RememberedFiles implements RememberedFiles {

    private final StagingBucket bucket;
    private final String prefix;

    /**
     * Writes nothing yet.
     *
     * @param client stays the caller's to close
     * @param bucket bucket name, without {@code s3://}
     * @param prefix what all keys begin with; may be empty or end in a slash
     */
    public S3RememberedFiles(S3Client client, String bucket, String prefix) {
        this.bucket = new StagingBucket(client, bucket);
        this.prefix = requireNonNull(prefix, "prefix");
    }

    @Override
    public Optional<InputStream> open(String feed) {
        return bucket.openIfThere(key(feed));
    }

    @Override
    public void write(String feed, long sizeBytes, Supplier<InputStream> content) {
        bucket.put(key(feed), "application/octet-stream", content, sizeBytes);
    }

    private String key(String feed) {
        return DataFileNames.start(prefix) + "remembered/" + URLEncoder.encode(feed, UTF_8);
    }
}
