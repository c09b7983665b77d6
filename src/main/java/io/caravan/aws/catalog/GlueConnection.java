package io.caravan.aws.catalog;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.spi.catalog.CatalogConnections;
import io.caravan.spi.catalog.CatalogJobs;
import io.caravan.spi.catalog.DataCatalog;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * A connection to AWS Glue, by the AWS SDK's own rules; {@code AWS_ENDPOINT_URL_GLUE}. Who needs it seldom makes one each time:
 * nothing of Glue's SDK, which has thousands of classes, is loaded before. Safe for use by several threads.
 */
public final class GlueConnection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final GlueClient client;

    /**
     * Asks nothing yet.
     *
     * @throws InvalidConfigurationException if no region is set
     */
    public GlueConnection() {
        try {
            this.client = GlueClient.builder()
                    .overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD))
                    .httpClientBuilder(Apache5HttpClient.builder()
                            .connectionTimeout(CONNECT_TIMEOUT)
                            .socketTimeout(IDLE_TIMEOUT))
                    .build();
        } catch (SdkClientException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_MISSING,
                    "AWS Glue cannot be asked: set AWS_REGION to the region of the Data Catalog",
                    e);
        }
    }

    /** Returns the tables. */
    public DataCatalog tables() {
        return new GlueDataCatalog(client);
    }

    /** Returns the connections that Glue keeps. */
    public CatalogConnections connections() {
        return new GlueConnections(client);
    }

    /** Returns the jobs that Glue keeps. */
    public CatalogJobs jobs() {
        return new GlueJobs(client);
    }

    @Override
    public void close() {
        client.close();
    }
}
