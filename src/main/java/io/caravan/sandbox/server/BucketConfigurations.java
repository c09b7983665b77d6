package io.caravan.sandbox.server;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What S3 says of a bucket of which nothing was ever configured, by the query that asks for it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">Actions</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList">Error codes</a>
 */
final class BucketConfigurations {

    /**
     * An answer of S3.
     *
     * @param status of HTTP
     * @param body XML
     */
    record Answer(int status, String body) {}

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private static final Map<String, Answer> ANSWERS = Map.ofEntries(
            entry("accelerate", is("AccelerateConfiguration", "")),
            entry("analytics", is("ListBucketAnalyticsConfigurationResult", "<IsTruncated>false</IsTruncated>")),
            entry("cors", not("NoSuchCORSConfiguration", "The CORS configuration does not exist")),
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
            entry(
                    "encryption",
                    is(
                            "ServerSideEncryptionConfiguration",
                            "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
                                    + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>")),
            entry("intelligent-tiering", is("ListBucketIntelligentTieringConfigurationsOutput", truncated())),
            entry("inventory", is("ListInventoryConfigurationsResult", truncated())),
            entry("lifecycle", not("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")),
            entry("logging", is("BucketLoggingStatus", "")),
            entry("metrics", is("ListMetricsConfigurationsResult", truncated())),
            entry("notification", is("NotificationConfiguration", "")),
            entry(
                    "object-lock",
                    not(
                            "ObjectLockConfigurationNotFoundError",
                            "Object Lock configuration does not exist for this bucket")),
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
            entry(
                    "ownershipControls",
                    is("OwnershipControls", "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>")),
            entry("policy", not("NoSuchBucketPolicy", "The bucket policy does not exist")),
            entry("policyStatus", not("NoSuchBucketPolicy", "The bucket policy does not exist")),
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
            entry(
                    "publicAccessBlock",
                    is(
                            "PublicAccessBlockConfiguration",
                            "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"
                                    + "<BlockPublicPolicy>true</BlockPublicPolicy>"
                                    + "<RestrictPublicBuckets>true</RestrictPublicBuckets>")),
            entry(
                    "replication",
                    not("ReplicationConfigurationNotFoundError", "The replication configuration was not found")),
            entry("requestPayment", is("RequestPaymentConfiguration", "<Payer>BucketOwner</Payer>")),
            entry("tagging", not("NoSuchTagSet", "The TagSet does not exist")),
            entry(
                    "website",
                    not("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")));

    private BucketConfigurations() {}

    /**
     * Returns the answer to a request for one of a bucket's configurations.
     *
     * @param query of the request, without the question mark
     */
    static Optional<Answer> to(String query) {
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(ANSWERS::containsKey)
                .map(ANSWERS::get)
                .findFirst();
    }

    private static String truncated() {
        return "<IsTruncated>false</IsTruncated>";
    }

    private static Answer is(String element, String content) {
        return new Answer(200, XML + '<' + element + NAMESPACE + '>' + content + "</" + element + '>');
    }

    private static Answer not(String code, String message) {
        return new Answer(404, XML + "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }
}
