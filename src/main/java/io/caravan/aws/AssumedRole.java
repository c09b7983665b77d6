package io.caravan.aws;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * A role that the process takes on to reach a bucket, as its own role or user. Credentials are got when they are first needed, and
 * again before they expire. Where STS is, are the AWS SDK's own settings; {@code AWS_ENDPOINT_URL_STS}.
 */
final class AssumedRole implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    /** What CloudTrail of the bucket's owner shows. */
    private static final String SESSION = "caravan";

    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider credentials;

    /**
     * Asks for nothing yet.
     *
     * @param arn the role
     * @param externalId null if its trust policy asks for none
     */
    AssumedRole(String arn, @Nullable String externalId) {
        sts = StsClient.builder()
                .overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(IDLE_TIMEOUT))
                .build();
        credentials = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(AssumeRoleRequest.builder()
                        .roleArn(arn)
                        .externalId(externalId)
                        .roleSessionName(SESSION)
                        .build())
                .build();
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    @Override
    public void close() {
        credentials.close();
        sts.close();
    }
}
