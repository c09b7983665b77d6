package io.caravan.s3;

import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 in this process, in memory, on a free port of the loopback. */
final class EmbeddedS3 {

    private static final String KEY = "key";

    private final BlobStoreContext objects;
    private final S3Proxy server;

    EmbeddedS3() throws Exception {
        objects = ContextBuilder.newBuilder("transient-nio2")
                .credentials(KEY, KEY)
                .buildView(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(objects.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, KEY)
                .build();
        server.start();
    }

    /** Returns a client as production makes it, but for the address and the credentials. */
    S3Client client() {
        return clientOf(server.getPort(), S3Settings.standard(true));
    }

    static S3Client clientOf(int port, S3Settings settings) {
        return settings.builder(() -> Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    void stop() throws Exception {
        server.stop();
        objects.close();
    }
}
