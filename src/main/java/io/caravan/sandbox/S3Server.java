package io.caravan.sandbox;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy over a directory, on a loopback port. */
final class S3Server implements AutoCloseable, SourceObjects {

    private final BlobStore store;
    private final S3Proxy proxy;

    S3Server(Path directory, int port, String accessKey, String secretKey) {
        this.store = new ListedObjects(new FilesystemNio2BlobStore(directory.toString()));
        this.proxy = start(free(port), accessKey, secretKey);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    void createBucket(String name) {
        if (!store.containerExists(name)) {
            store.createContainer(name);
        }
    }

    @Override
    public List<String> keys(String bucket, String prefix) {
        ListObjectsV2Request all =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        return store.list(all).contents().stream().map(S3Object::key).toList();
    }

    @Override
    public Optional<InputStream> open(String bucket, String key) throws IOException {
        try {
            return Optional.ofNullable(store.getBlob(bucket, key));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            throw new IOException(e);
        }
    }

    /** Jetty says "address in use" deep inside a cause; asking first gives a clear message. */
    private static int free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return port == 0 ? 0 : probe.getLocalPort();
        } catch (IOException e) {
            throw taken(port, e);
        }
    }

    private static InvalidConfigurationException taken(int port, Exception e) {
        return new InvalidConfigurationException(
                ErrorCode.SETTING_INVALID,
                "Port " + port + " for the sandbox's S3 is taken; choose another with --s3-port",
                e);
    }

    // S3Proxy and Jetty declare Exception; there is no narrower contract to catch.
    private S3Proxy start(int port, String accessKey, String secretKey) {
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
            return server;
        } catch (Exception e) {
            throw taken(port, e);
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        } finally {
            store.close();
        }
    }
}
