package io.caravan.aws;

import io.caravan.model.feed.NotificationQueue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Where AWS is for this process, by the AWS SDK's own settings: its region, and the endpoints that are named in place of AWS's own.
 *
 * @param region null if the settings say nothing; then the machine may know, which is not asked
 * @param s3 null for AWS's own endpoint
 * @param sqs null for AWS's own endpoint
 */
public record AwsPlace(@Nullable String region, @Nullable URI s3, @Nullable URI sqs) {

    /** Nothing is known of it. */
    public static final AwsPlace UNKNOWN = new AwsPlace(null, null, null);

    /** Reads the settings; asks nobody. */
    public static AwsPlace ofProcess() {
        return new AwsPlace(configuredRegion(), override("S3", "s3"), override("SQS", "sqs"));
    }

    /**
     * Returns why a feed may not name a queue; empty if it may. A feed's writer does not decide whom this process speaks to.
     *
     * @param queue what the feed names
     */
    public Optional<String> objection(NotificationQueue queue) {
        if (sqs != null) {
            // Whatever host is written, the endpoint of the settings is asked.
            return Optional.empty();
        }
        if (!queue.isOfAws()) {
            return Optional.of(
                    "is no address of Amazon SQS; write the URL, the ARN or the name of a queue in Caravan's own region,"
                            + " or set AWS_ENDPOINT_URL_SQS for another SQS");
        }
        return queue.region() == null || region == null || queue.region().equals(region)
                ? Optional.empty()
                : Optional.of("is in the region " + queue.region() + ", and Caravan's is " + region
                        + "; write a queue of that region, or set AWS_REGION");
    }

    /** Returns what is spoken to without TLS over a network, for people; empty if nothing is. */
    public List<String> plain() {
        List<String> warnings = new ArrayList<>();
        warnOf("S3", s3, warnings);
        warnOf("SQS", sqs, warnings);
        return warnings;
    }

    private static void warnOf(String service, @Nullable URI endpoint, List<String> warnings) {
        if (endpoint != null && "http".equalsIgnoreCase(endpoint.getScheme()) && !isLoopback(endpoint.getHost())) {
            warnings.add(service + " is spoken to over plain HTTP, at " + endpoint.getHost()
                    + ": whoever is on the way reads it all, and can change it; use an endpoint with https:// in AWS_ENDPOINT_URL_"
                    + service);
        }
    }

    /** Returns whether a host is this machine, by its name alone. */
    public static boolean isLoopback(@Nullable String host) {
        return host != null && host.matches("(?i)localhost|127(\\.\\d+){3}|\\[?::1]?");
    }

    private static @Nullable String configuredRegion() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion()
                    .id();
        } catch (SdkClientException e) {
            return null;
        }
    }

    private static @Nullable URI override(String variable, String service) {
        try {
            return AwsClientEndpointProvider.builder()
                    .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + variable)
                    .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + variable.charAt(0)
                            + variable.substring(1).toLowerCase(Locale.ROOT))
                    .serviceProfileProperty(service)
                    .profileFile(ProfileFile::defaultProfileFile)
                    .profileName(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
                    .resolveFromOverrides()
                    .orElse(null);
        } catch (SdkClientException e) {
            // What cannot be read there is said when a client is made.
            return null;
        }
    }
}
