package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@ExtendWith(SandboxExtension.class)
final class S3IT {

    private final TestSandbox sandbox;

    S3IT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aListingOfMoreThanAThousandKeysComesInPagesAndInOrder() {
        List<String> keys =
                IntStream.range(0, 1100).mapToObj(i -> "page/" + (10_000 + i)).toList();
        keys.parallelStream().forEach(key -> sandbox.put(key, "x"));

        var pages = sandbox
                .s3()
                .listObjectsV2Paginator(b -> b.bucket(sandbox.bucket()).prefix("page/"))
                .stream()
                .map(S3IT::keys)
                .toList();

        assertThat(pages).hasSize(2);
        assertThat(pages.stream().flatMap(List::stream).toList()).isEqualTo(keys);
    }

    @Test
    void aListingShowsWhatHasChangedBeforeItsNextPage() {
        List.of("a", "b", "c", "d").forEach(name -> sandbox.put("changing/" + name, name));
        ListObjectsV2Response first = page("changing/", null);
        assertThat(keys(first)).containsExactly("changing/a", "changing/b");

        sandbox.s3().deleteObject(delete -> delete.bucket(sandbox.bucket()).key("changing/c"));
        sandbox.put("changing/cc", "stored between two pages");

        ListObjectsV2Response second = page("changing/", first.nextContinuationToken());
        assertThat(keys(second)).containsExactly("changing/cc", "changing/d");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void aPageOfOneListingIsNotOfAnother() {
        List.of("one/a", "one/b", "one/c", "two/a").forEach(key -> sandbox.put(key, key));
        ListObjectsV2Response first = page("one/", null);

        assertThat(keys(page("two/", null))).containsExactly("two/a");
        assertThat(keys(page("one/", first.nextContinuationToken()))).containsExactly("one/c");
    }

    private ListObjectsV2Response page(String prefix, @Nullable String token) {
        return sandbox.s3()
                .listObjectsV2(list ->
                        list.bucket(sandbox.bucket()).prefix(prefix).maxKeys(2).continuationToken(token));
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(S3Object::key).toList();
    }

    @Test
    void oddKeysComeBackAsTheyWere() {
        for (String key : List.of("odd/a b", "odd/a+b", "odd/a%41b", "odd/a&b<c>", "odd/ü ñ 漢字", "odd/back\\slash")) {
            sandbox.put(key, key);
            assertThat(sandbox.s3()
                            .getObjectAsBytes(b -> b.bucket(sandbox.bucket()).key(key))
                            .asString(StandardCharsets.UTF_8))
                    .isEqualTo(key);
            assertThat(sandbox.s3()
                            .listObjectsV2(b -> b.bucket(sandbox.bucket()).prefix(key))
                            .contents())
                    .extracting(S3Object::key)
                    .containsExactly(key);
        }
    }

    @Test
    void anETagIsOfTheContentAndIfMatchAsksForIt() {
        String etag = sandbox.put("tagged", "one");
        S3Object listed = sandbox.s3()
                .listObjectsV2(b -> b.bucket(sandbox.bucket()).prefix("tagged"))
                .contents()
                .get(0);

        assertThat(listed.eTag()).isEqualTo('"' + etag + '"');
        assertThat(listed.lastModified())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(sandbox.put("tagged", "two")).isNotEqualTo(etag);
        assertThatThrownBy(() -> sandbox.s3()
                        .getObjectAsBytes(
                                b -> b.bucket(sandbox.bucket()).key("tagged").ifMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(sandbox.put("tagged", "one")).isEqualTo(etag);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> sandbox.s3()
                        .getObjectAsBytes(b -> b.bucket(sandbox.bucket()).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> sandbox.s3().listObjectsV2(b -> b.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void anObjectOfAnyContentTypeIsStored() throws Exception {
        byte[] big = new byte[3_000_000];
        new Random(7).nextBytes(big);
        List<byte[]> contents = List.of("a=1&b=%41+\n".getBytes(StandardCharsets.UTF_8), new byte[0], big);
        for (String type :
                List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv")) {
            for (byte[] content : contents) {
                sandbox.s3()
                        .putObject(
                                put -> put.bucket(sandbox.bucket()).key("typed").contentType(type),
                                RequestBody.fromBytes(content));
                assertStored(type, content);
                assertThat(send("PUT", presignedPut(type), type, content).statusCode())
                        .isEqualTo(200);
                assertStored(type, content);
            }
            URI unsigned = URI.create(sandbox.sandbox().s3Endpoint() + "/" + sandbox.bucket() + "/unsigned");
            assertThat(send("PUT", unsigned, type, contents.get(0)).body()).contains("<Code>AccessDenied</Code>");
        }
    }

    private void assertStored(String type, byte[] content) {
        var stored = sandbox.s3()
                .getObjectAsBytes(get -> get.bucket(sandbox.bucket()).key("typed"));
        assertThat(stored.asByteArray()).isEqualTo(content);
        assertThat(stored.response().contentType()).isEqualTo(type);
    }

    private URI presignedPut(String type) throws Exception {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(sandbox.sandbox().s3Endpoint())
                .region(Region.of(sandbox.sandbox().region()))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        sandbox.sandbox().accessKey(), sandbox.sandbox().secretKey())))
                .build()) {
            return presigner
                    .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(put ->
                                    put.bucket(sandbox.bucket()).key("typed").contentType(type)))
                    .url()
                    .toURI();
        }
    }

    private static HttpResponse<String> send(String method, URI url, String type, byte[] content) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(content))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void aBucketHasTheConfigurationsOfANewOne() {
        S3Client s3 = sandbox.s3();
        String bucket = sandbox.bucket();
        assertCode("NoSuchLifecycleConfiguration", () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)));
        assertCode("NoSuchBucketPolicy", () -> s3.getBucketPolicy(b -> b.bucket(bucket)));
        assertCode("NoSuchBucketPolicy", () -> s3.getBucketPolicyStatus(b -> b.bucket(bucket)));
        assertCode("NoSuchTagSet", () -> s3.getBucketTagging(b -> b.bucket(bucket)));
        assertCode("NoSuchCORSConfiguration", () -> s3.getBucketCors(b -> b.bucket(bucket)));
        assertCode("NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(b -> b.bucket(bucket)));
        assertCode("ReplicationConfigurationNotFoundError", () -> s3.getBucketReplication(b -> b.bucket(bucket)));
        assertCode("ObjectLockConfigurationNotFoundError", () -> s3.getObjectLockConfiguration(b -> b.bucket(bucket)));
        assertThat(s3.getBucketEncryption(b -> b.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
        assertThat(s3.getPublicAccessBlock(b -> b.bucket(bucket))
                        .publicAccessBlockConfiguration()
                        .blockPublicAcls())
                .isTrue();
        assertThat(s3.getBucketOwnershipControls(b -> b.bucket(bucket))
                        .ownershipControls()
                        .rules()
                        .get(0)
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(s3.getBucketLogging(b -> b.bucket(bucket)).loggingEnabled()).isNull();
        assertThat(s3.getBucketNotificationConfiguration(b -> b.bucket(bucket)).queueConfigurations())
                .isEmpty();
        assertThat(s3.getBucketVersioning(b -> b.bucket(bucket)).status()).isNull();
        assertThat(s3.getBucketAcl(b -> b.bucket(bucket)).grants()).hasSize(1);
        assertThat(s3.getBucketRequestPayment(b -> b.bucket(bucket)).payerAsString())
                .isEqualTo("BucketOwner");
        assertCode("NoSuchBucket", () -> s3.getBucketLifecycleConfiguration(b -> b.bucket("no-such-bucket")));
        assertCode("NoSuchBucket", () -> s3.getBucketPolicy(b -> b.bucket("no-such-bucket")));
    }

    @Test
    void aConfigurationIsNotShownToStrangers() throws Exception {
        URI url = URI.create(sandbox.sandbox().s3Endpoint() + "/" + sandbox.bucket() + "?lifecycle");
        assertThat(send("GET", url, "text/plain", new byte[0]).body()).contains("<Code>AccessDenied</Code>");
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(404);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
