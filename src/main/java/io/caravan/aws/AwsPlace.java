package io.caravan.aws;

import io.caravan.model.feed.NotificationQueue;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * @param others the endpoints of the other services that may be asked, by their names for people; without AWS's own
 */
public record AwsPlace(@Nullable String region, @Nullable URI s3, @Nullable URI sqs, Map<String, URI> others) {

    /**
     * Regional, old, FIPS and dual-stack
     * <a href="https://docs.aws.amazon.com/general/latest/gr/s3.html">endpoints</a>, and those of
     * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html">PrivateLink</a>.
     */
    private static final Pattern S3_HOST =
            Pattern.compile("(?i)((bucket|accesspoint)\\.vpce-[a-z0-9-]+\\.)?s3(-fips)?(\\.dualstack)?"
                    + "([.-][a-z]{2,3}(-[a-z]+)+-[0-9])?(\\.vpce)?\\.(amazonaws\\.com(\\.cn)?|api\\.aws)");

    /** Nothing is known of it. */
    public static final AwsPlace UNKNOWN = new AwsPlace(null, null, null, Map.of());

    /** Glue has the catalog and the warehouse's connection, Secrets Manager passwords, and STS gives credentials. */
    private static final List<String> OTHERS = List.of("Glue", "Secrets Manager", "STS");

    public AwsPlace {
        others = Map.copyOf(others);
    }

    /** Reads the settings; asks nobody. */
    public static AwsPlace ofProcess() {
        Map<String, URI> others = new LinkedHashMap<>();
        for (String service : OTHERS) {
            @Nullable URI endpoint = override(service);
            if (endpoint != null) {
                others.put(service, endpoint);
            }
        }
        return new AwsPlace(configuredRegion(), override("S3"), override("SQS"), others);
    }

    /**
     * Returns why a feed may not name a queue; empty if it may. A feed's writer does not decide whom this process speaks to.
     *
     * @param queue what the feed names
     * @param own the region of the feed's bucket, which is good as well; null if it names none
     */
    public Optional<String> objection(NotificationQueue queue, @Nullable String own) {
        if (sqs != null) {
            // Whatever host is written, the endpoint of the settings is asked.
            return Optional.empty();
        }
        if (!queue.isOfAws()) {
            return Optional.of(
                    "is no address of Amazon SQS; write the URL, the ARN or the name of a queue in Caravan's own region,"
                            + " or set AWS_ENDPOINT_URL_SQS for another SQS");
        }
        return queue.region() == null
                        || region == null
                        || queue.region().equals(region)
                        || queue.region().equals(own)
                ? Optional.empty()
                : Optional.of("is in the region " + queue.region() + ", and Caravan's is " + region
                        + "; write a queue of that region, or set AWS_REGION");
    }

    /**
     * Returns why a feed may not name an endpoint; empty if it may.
     *
     * @param endpoint what the feed names
     * @param allowed those that feeds may name besides AWS's own
     */
    public Optional<String> objection(URI endpoint, List<URI> allowed) {
        return isS3OfAws(endpoint) || endpoint.equals(s3) || allowed.contains(endpoint)
                ? Optional.empty()
                : Optional.of(
                        "is no endpoint of Amazon S3; write https://s3.REGION.amazonaws.com, or have the one who sets"
                                + " Caravan up add it to caravan.s3.endpoints");
    }

    /** Returns whether an endpoint is Amazon's, encrypted. */
    static boolean isS3OfAws(URI endpoint) {
        return "https".equalsIgnoreCase(endpoint.getScheme())
                && endpoint.getPort() == -1
                && S3_HOST.matcher(endpoint.getHost()).matches();
    }

    /** Returns what is spoken to without TLS over a network, for people, each endpoint once; empty if nothing is. */
    public List<String> plain() {
        Map<String, URI> all = new LinkedHashMap<>();
        if (s3 != null) {
            all.put("S3", s3);
        }
        if (sqs != null) {
            all.put("SQS", sqs);
        }
        for (String service : OTHERS) {
            @Nullable URI endpoint = others.get(service);
            if (endpoint != null) {
                all.put(service, endpoint);
            }
        }
        // AWS_ENDPOINT_URL stands for all of them.
        return all.entrySet().stream()
                .filter(entry -> isPlain(entry.getValue()))
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .entrySet()
                .stream()
                .map(entry -> warning(
                        entry.getValue(),
                        entry.getKey(),
                        entry.getValue().stream().map(AwsPlace::variable).collect(Collectors.joining(", "))))
                .toList();
    }

    /**
     * Returns a warning if an endpoint is spoken to without TLS over a network.
     *
     * @param endpoint null for none
     * @param setting where it is written
     */
    public static Optional<String> plain(String service, @Nullable URI endpoint, String setting) {
        return endpoint != null && isPlain(endpoint)
                ? Optional.of(warning(List.of(service), endpoint, setting))
                : Optional.empty();
    }

    private static boolean isPlain(URI endpoint) {
        return "http".equalsIgnoreCase(endpoint.getScheme()) && !isLoopback(endpoint.getHost());
    }

    private static String warning(List<String> services, URI endpoint, String setting) {
        return String.join(", ", services) + (services.size() == 1 ? " is" : " are") + " spoken to over plain HTTP, at "
                + endpoint.getHost()
                + ": whoever is on the way reads it all, and can change it; use an endpoint with https:// in "
                + setting;
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

    /** @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html">names of services there</a> */
    private static String variable(String service) {
        return "AWS_ENDPOINT_URL_" + service.replace(' ', '_').toUpperCase(Locale.ROOT);
    }

    private static @Nullable URI override(String service) {
        try {
            return AwsClientEndpointProvider.builder()
                    .serviceEndpointOverrideEnvironmentVariable(variable(service))
                    .serviceEndpointOverrideSystemProperty("aws.endpointUrl"
                            + Arrays.stream(service.split(" ", -1))
                                    .map(word ->
                                            word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining()))
                    .serviceProfileProperty(service.replace(' ', '_').toLowerCase(Locale.ROOT))
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
