package io.caravan.aws;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.StoreAccess;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How the S3 client behaves. Where S3 is, and as whom to speak to it, are the AWS SDK's own settings: the default chains for
 * region and credentials, and {@code AWS_ENDPOINT_URL_S3}.
 *
 * @param pathStyle whether the bucket is named in the path of the URL, as emulators want it, and not in its host
 * @param connectTimeout how long to wait for a connection; positive
 * @param idleTimeout how long to wait for the next bytes of an answer; positive
 * @param connections how many connections to keep, at most; an object that is being read holds one; positive
 */
public record S3Settings(boolean pathStyle, Duration connectTimeout, Duration idleTimeout, int connections) {

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(30);

    public S3Settings {
        requirePositive(connectTimeout, "connectTimeout");
        requirePositive(idleTimeout, "idleTimeout");
        if (connections < 1) {
            throw new IllegalArgumentException("connections is not positive: " + connections);
        }
    }

    /** Returns the settings with their defaults: 5 s to connect, 60 s idle, 64 connections. */
    public static S3Settings standard(boolean pathStyle) {
        return new S3Settings(pathStyle, Duration.ofSeconds(5), Duration.ofSeconds(60), 64);
    }

    /**
     * Makes a client, which the caller closes. Nothing is sent yet.
     *
     * @param access what of the environment's region and endpoint is to be otherwise
     * @param credentials as whom to speak to S3; null for the default chain
     * @throws InvalidConfigurationException if no region is set
     */
    S3Client connect(StoreAccess access, @Nullable AwsCredentialsProvider credentials) {
        @Nullable String region = access.region();
        S3ClientBuilder builder =
                builder(region == null ? DefaultAwsRegionProviderChain.builder().build() : () -> Region.of(region));
        @Nullable URI endpoint = access.endpoint();
        if (endpoint != null) {
            // Stores other than AWS's have no host for each bucket.
            builder.endpointOverride(endpoint).forcePathStyle(pathStyle || !AwsPlace.isS3OfAws(endpoint));
        }
        if (credentials != null) {
            builder.credentialsProvider(credentials);
        }
        return builder.build();
    }

    /**
     * Returns a builder that holds these settings, for callers that do not want the endpoint or the credentials of the
     * environment.
     *
     * @throws InvalidConfigurationException if no region is set
     */
    S3ClientBuilder builder(AwsRegionProvider regions) {
        return S3Client.builder()
                .region(region(regions))
                .forcePathStyle(pathStyle)
                // The newer default adds CRC trailers to every PUT, which several S3-compatible stores refuse:
                // https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(client -> client.retryStrategy(RetryMode.STANDARD))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(connectTimeout)
                        .socketTimeout(idleTimeout)
                        .connectionAcquisitionTimeout(CONNECTION_WAIT)
                        .maxConnections(connections)
                        .tcpKeepAlive(true));
    }

    private static Region region(AwsRegionProvider regions) {
        SdkClientException cause = null;
        try {
            @Nullable Region region = regions.getRegion();
            if (region != null) {
                return region;
            }
        } catch (SdkClientException e) {
            cause = e;
        }
        throw new InvalidConfigurationException(
                ErrorCode.SETTING_MISSING,
                "no AWS region is set: set AWS_REGION to the region of the buckets, for example AWS_REGION=eu-west-1",
                cause);
    }

    private static void requirePositive(Duration value, String name) {
        requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
    }
}
