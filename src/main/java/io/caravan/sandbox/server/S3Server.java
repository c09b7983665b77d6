package io.caravan.sandbox.server;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConfiguration;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy over a directory, on a loopback port. */
public final class S3Server implements AutoCloseable, SourceObjects {

    private final BlobStore store;
    private final S3Proxy proxy;

    public S3Server(Path directory, int port, String accessKey, String secretKey) {
        this.store = new ListedObjects(new FilesystemNio2BlobStore(directory.toString()));
        this.proxy = start(free(port), accessKey, secretKey);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public void createBucket(String name) {
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
            front(server, accessKey);
            server.start();
            return server;
        } catch (Exception e) {
            throw taken(port, e);
        }
    }

    /**
     * Puts the front before S3Proxy, which has no way to say so. Jetty also takes a body to be the parameters of a form, if its
     * content type says that, and leaves none of it for the object; to S3 a content type is a label.
     */
    private void front(S3Proxy s3Proxy, String accessKey) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        Server jetty = (Server) requireNonNull(field.get(s3Proxy));
        ObjectTags tags =
                new ObjectTags(this::version, authorization -> authorization.contains("Credential=" + accessKey + "/"));
        jetty.setHandler(new S3Front(requireNonNull(jetty.getHandler()), store::containerExists, tags));
        for (Connector connector : jetty.getConnectors()) {
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(HttpConfiguration.ConnectionFactory.class::cast)
                    .forEach(factory -> factory.getHttpConfiguration().setFormEncodedMethods(Set.of()));
        }
    }

    private Optional<ObjectTags.Version> version(String bucket, String key) {
        return Optional.ofNullable(store.blobMetadataIfPresent(bucket, key))
                .map(object -> new ObjectTags.Version(bucket, key, object.eTag(), object.lastModified()));
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
