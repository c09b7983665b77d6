package io.caravan.aws.staging;

import static java.util.Objects.requireNonNull;

import io.caravan.aws.object.S3Action;
import io.caravan.aws.object.S3Failure;
import io.caravan.aws.object.S3ObjectStore;
import io.caravan.model.ObjectVersion;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The bucket that data files are written to.
 *
 * @param client stays the caller's to close
 * @param name bucket name, without {@code s3://}
 */
record StagingBucket(S3Client client, String name) {

    StagingBucket {
        requireNonNull(client, "client");
        requireNonNull(name, "name");
    }

    String uri(String key) {
        return "s3://" + name + "/" + key;
    }

    /** Writes an object; the content is asked for again when the SDK repeats the request. */
    void put(String key, String contentType, Supplier<InputStream> content, long sizeBytes) {
        try {
            client.putObject(
                    put -> put.bucket(name).key(key).contentType(contentType).contentLength(sizeBytes),
                    RequestBody.fromContentProvider(content::get, sizeBytes, contentType));
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.WRITE, name, key).exception();
        }
    }

    void list(String prefix, Consumer<ObjectVersion> action) {
        new S3ObjectStore(client).list(name, prefix, action);
    }

    /** Opens an object, to be read to its end. */
    InputStream open(String key) {
        try {
            return client.getObject(get -> get.bucket(name).key(key));
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.READ, name, key).exception();
        }
    }

    /** Does the same; empty if there is no such object. */
    Optional<InputStream> openIfThere(String key) {
        try {
            return Optional.of(client.getObject(get -> get.bucket(name).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.READ, name, key).exception();
        }
    }

    void delete(String key) {
        try {
            client.deleteObject(delete -> delete.bucket(name).key(key));
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.DELETE, name, key).exception();
        }
    }
}
