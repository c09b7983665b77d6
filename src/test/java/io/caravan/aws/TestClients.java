package io.caravan.aws;

import io.caravan.sandbox.Sandbox;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients as production makes them, but for the address and the credentials. */
public final class TestClients {

    private TestClients() {}

    public static S3Client of(Sandbox sandbox) {
        return of(sandbox.s3Endpoint(), sandbox.accessKey(), sandbox.secretKey(), S3Settings.standard(true));
    }

    /** Returns a client of a server that does not look at credentials. */
    public static S3Client of(int port, S3Settings settings) {
        return of(URI.create("http://127.0.0.1:" + port), "key", "key", settings);
    }

    private static S3Client of(URI endpoint, String accessKey, String secretKey, S3Settings settings) {
        return settings.builder(() -> Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }
}
