package io.caravan.model.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket is reached: where, as whom, and who pays for it. Feeds with the same access share their connections.
 *
 * @param region the bucket's region; null for the process's own
 * @param endpoint where S3 is; null for the place that the process's settings name
 * @param role ARN of the role that is taken on; null if the process is itself
 * @param externalId the text that the role's trust policy asks for; null if it asks for none
 * @param requesterPays whether the process pays for what it asks, in place of the bucket's owner
 */
public record StoreAccess(
        @Nullable String region,
        @Nullable URI endpoint,
        @Nullable String role,
        @Nullable String externalId,
        boolean requesterPays) {

    /** That of a bucket in the process's own region and account. */
    public static final StoreAccess OWN = new StoreAccess(null, null, null, null, false);

    /** Regions of AWS, and the names that other stores have in their place. */
    public static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">ARNs of roles</a>. */
    public static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

    /** As <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a> takes it. */
    public static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    /**
     * Returns the endpoint that a text names.
     *
     * @throws IllegalArgumentException saying what an endpoint is
     */
    public static URI endpoint(String text) {
        try {
            URI uri = new URI(text.replaceFirst("/$", ""));
            if (isEndpoint(uri)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("the address of an S3, as https://HOST or https://HOST:PORT");
    }

    private static boolean isEndpoint(URI uri) {
        return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    /** Returns the access for people, as in {@code in region eu-west-1, as role arn:…}; empty for {@link #OWN}. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (region != null) {
            parts.add("in region " + region);
        }
        if (endpoint != null) {
            parts.add("at " + endpoint);
        }
        if (role != null) {
            parts.add("as role " + role + (externalId == null ? "" : " with an external id"));
        }
        if (requesterPays) {
            parts.add("the requester pays");
        }
        return String.join(", ", parts);
    }
}
