package io.caravan.sandbox;

import io.caravan.sandbox.server.SourceObjects;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The objects of a sandbox, which may be that of another process. */
public final class SandboxObjects implements AutoCloseable {

    private final S3Client s3;

    /**
     * Connects to nothing yet.
     *
     * @param endpoint as {@link Sandbox#s3Endpoint} has it
     */
    public SandboxObjects(URI endpoint) {
        this.s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(SourceObjects.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Sandbox.ACCESS_KEY, Sandbox.SECRET_KEY)))
                .build();
    }

    /** Makes a bucket, unless it is there. */
    public void createBucket(String name) {
        if (s3.listBuckets().buckets().stream()
                .noneMatch(bucket -> bucket.name().equals(name))) {
            s3.createBucket(create -> create.bucket(name));
        }
    }

    /** Stores an object, over one of the same key. */
    public void put(String bucket, String key, byte[] content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Stores a file as an object likewise. */
    public void put(String bucket, String key, Path file) {
        s3.putObject(put -> put.bucket(bucket).key(key), file);
    }

    @Override
    public void close() {
        s3.close();
    }
}
