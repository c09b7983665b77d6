package io.caravan.aws.object;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.NamedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in S3, or in a store that speaks its protocol. */
public final class S3ObjectStore implements ObjectStore {

    /** It names some 100,000 objects. */
    private static final long MOST_MANIFEST_BYTES = 1 << 25;

    /** Half of the connections: objects that are opened without being read ahead need some, too. */
    private static final int READING_THREADS = 32;

    private static final long IDLE_SECONDS = 10;

    private final S3Client client;
    private final @Nullable RequestPayer payer;

    /** Reads ahead. None of its threads outlives its work for long. */
    private final ThreadPoolExecutor threads;

    /** Reads through the client, which stays the caller's to close. */
    public S3ObjectStore(S3Client client) {
        this(client, false);
    }

    /**
     * Reads through the client.
     *
     * @param client stays the caller's to close
     * @param requesterPays whether to pay for what is read, where a bucket's owner does not
     */
    public S3ObjectStore(S3Client client, boolean requesterPays) {
        this.client = requireNonNull(client, "client");
        this.payer = requesterPays ? RequestPayer.REQUESTER : null;
        this.threads = new ThreadPoolExecutor(
                READING_THREADS, READING_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "objects");
                    made.setDaemon(true);
                    return made;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void list(String bucket, String prefix, Consumer<ObjectVersion> action) {
        @Nullable String token = null;
        do {
            ListObjectsV2Response page = page(bucket, prefix, token);
            page.contents().stream()
                    .filter(object -> !isFolderMarker(object))
                    .map(object -> version(bucket, object))
                    .forEach(action);
            token = next(page, bucket, prefix);
        } while (token != null);
    }

    @Override
    public void probe(String bucket, String prefix) {
        try {
            client.listObjectsV2(list -> list.bucket(bucket)
                    .prefix(prefix)
                    .maxKeys(1)
                    .encodingType(EncodingType.URL)
                    .requestPayer(payer));
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.LIST, bucket, prefix).exception();
        }
    }

    @Override
    public List<String> folders(String bucket, String prefix) {
        try {
            return client
                    .listObjectsV2(list -> list.bucket(bucket)
                            .prefix(prefix)
                            .delimiter("/")
                            .encodingType(EncodingType.URL)
                            .requestPayer(payer))
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .toList();
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.LIST, bucket, prefix).exception();
        }
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        return open(version, false);
    }

    @Override
    public Ahead readAhead(ObjectVersion version, int maxBytes) {
        return new PartsAhead(
                version,
                new ObjectParts(new PartRequests(client, payer, version), version, maxBytes, threads),
                () -> open(version));
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        return open(version, true);
    }

    @Override
    public boolean tag(ObjectVersion version, String name, String value) {
        return new PinnedObjects(client, payer).tag(version, name, value);
    }

    @Override
    public boolean copy(ObjectVersion version, String key) {
        return new PinnedObjects(client, payer).copy(version, key);
    }

    @Override
    public boolean delete(ObjectVersion version) {
        return new PinnedObjects(client, payer).delete(version);
    }

    private Optional<ObjectBody> open(ObjectVersion version, boolean withMd5) {
        ResponseInputStream<GetObjectResponse> response;
        try {
            response = client.getObject(get -> get.bucket(version.bucket())
                    .key(version.key())
                    .ifMatch('"' + version.etag() + '"')
                    .requestPayer(payer));
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, S3Action.READ, version.bucket(), version.key());
            if (failure.changedOrGone()) {
                return Optional.empty();
            }
            throw failure.exception();
        }
        return Optional.of(S3ObjectBody.open(version, response, withMd5));
    }

    @Override
    public Optional<byte[]> readEnd(ObjectVersion version, int bytes) {
        try {
            return Optional.of(client.getObjectAsBytes(get -> get.bucket(version.bucket())
                            .key(version.key())
                            .ifMatch('"' + version.etag() + '"')
                            .range("bytes=-" + bytes)
                            .requestPayer(payer))
                    .asByteArray());
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, S3Action.READ, version.bucket(), version.key());
            if (failure.changedOrGone()) {
                return Optional.empty();
            }
            throw failure.exception();
        }
    }

    @Override
    public Optional<List<NamedObject>> findNamed(ObjectVersion version) {
        if (version.sizeBytes() == 0 || version.sizeBytes() > MOST_MANIFEST_BYTES) {
            return Optional.empty();
        }
        return ManifestText.parse(readEnd(version, (int) version.sizeBytes())
                .orElseThrow(() -> new RetryableException(
                        ErrorCode.OBJECT_STORE_FAILED, version.uri() + " has changed while it was looked at")));
    }

    /**
     * Keys come URL-encoded, and the SDK decodes them: XML cannot hold the control characters that
     * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">a key may have</a>.
     */
    private ListObjectsV2Response page(String bucket, String prefix, @Nullable String token) {
        try {
            return client.listObjectsV2(list -> list.bucket(bucket)
                    .prefix(prefix)
                    .continuationToken(token)
                    .encodingType(EncodingType.URL)
                    .requestPayer(payer));
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.LIST, bucket, prefix).exception();
        }
    }

    /** The SDK's own paginator takes a page that is cut, but has no token, for the last one; that would lose objects. */
    private static @Nullable String next(ListObjectsV2Response page, String bucket, String prefix) {
        @Nullable String token = page.nextContinuationToken();
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        if (token == null || token.isEmpty()) {
            throw new RetryableException(
                    ErrorCode.OBJECT_STORE_FAILED,
                    "cannot list s3://" + bucket + "/" + prefix + ": the store says there is more, but not where");
        }
        return token;
    }

    private static boolean isFolderMarker(S3Object object) {
        return object.key().endsWith("/") && sizeBytes(object) == 0;
    }

    private static ObjectVersion version(String bucket, S3Object object) {
        @Nullable String etag = object.eTag();
        if (etag == null || object.lastModified() == null) {
            throw new RetryableException(
                    ErrorCode.OBJECT_STORE_FAILED,
                    "the store lists s3://" + bucket + "/" + object.key() + " without its ETag or its time");
        }
        return new ObjectVersion(bucket, object.key(), unquoted(etag), sizeBytes(object), object.lastModified());
    }

    private static long sizeBytes(S3Object object) {
        @Nullable Long size = object.size();
        return size == null ? 0 : size;
    }

    private static String unquoted(String etag) {
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
