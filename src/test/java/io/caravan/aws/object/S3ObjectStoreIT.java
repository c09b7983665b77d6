package io.caravan.aws.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.caravan.aws.BucketTests;
import io.caravan.aws.PagedListing;
import io.caravan.aws.S3Settings;
import io.caravan.aws.ScriptedHttpServer;
import io.caravan.aws.TestClients;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class S3ObjectStoreIT extends BucketTests {

    private static final S3Settings IMPATIENT = new S3Settings(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 5);
    private static final ObjectVersion LISTED = new ObjectVersion("b", "orders.csv", "e1", 20, Instant.EPOCH);

    private ObjectStore store;

    @BeforeEach
    void openStore() {
        store = new S3ObjectStore(client);
    }

    @Test
    void aTagIsPutBesideOthersOnTheVersionThatIsMeant() {
        put("in/a b+c.csv", "1");
        ObjectVersion first = list("in/").get(0);
        client.putObjectTagging(put -> put.bucket(bucket)
                .key(first.key())
                .tagging(tags -> tags.tagSet(tag("owner", "x"), tag("caravan", "rejected"))));

        assertThat(store.tag(first, "caravan", "loaded")).isTrue();
        assertThat(store.tag(first, "caravan", "loaded")).isTrue();
        assertThat(tags(first)).containsExactlyInAnyOrder(tag("owner", "x"), tag("caravan", "loaded"));

        put("in/a b+c.csv", "2");
        assertThat(store.tag(first, "caravan", "loaded")).isFalse();
        assertThat(tags(first)).isEmpty();
        delete("in/a b+c.csv");
        assertThat(store.tag(first, "caravan", "loaded")).isFalse();
    }

    @Test
    void aCopyIsOfTheVersionThatIsMeantAndReplacesNoOther() {
        String key = "in/größe & 100%/a b.csv";
        client.putObject(
                put -> put.bucket(bucket).key(key).contentType("text/csv").metadata(Map.of("from", "shop")),
                RequestBody.fromString("1"));
        ObjectVersion first = list("in/").get(0);

        assertThat(store.copy(first, "done/" + key)).isTrue();
        assertThat(store.copy(first, "done/" + key)).isTrue();
        assertThat(list("")).extracting(ObjectVersion::key).containsExactly("done/" + key, key);
        assertThat(client.headObject(head -> head.bucket(bucket).key("done/" + key)))
                .satisfies(copy -> {
                    assertThat(copy.contentType()).isEqualTo("text/csv");
                    assertThat(copy.metadata()).containsEntry("from", "shop");
                });

        put(key, "2");
        assertThat(store.copy(first, "done/" + key)).isFalse();
        ObjectVersion second = list("in/").get(0);
        assertThat(store.copy(second, "done/" + key)).isTrue();
        assertThat(list("done/"))
                .extracting(ObjectVersion::key, ObjectVersion::etag)
                .containsExactly(
                        tuple("done/" + key, first.etag()), tuple("done/" + key + "." + second.etag(), second.etag()));
    }

    @Test
    void whatIsTooLargeForOneRequestIsCopiedInParts() throws IOException {
        byte[] content = new byte[11 << 20];
        new Random(7).nextBytes(content);
        client.putObject(
                put -> put.bucket(bucket).key("in/large.csv").contentType("text/csv"), RequestBody.fromBytes(content));
        PinnedObjects pinned = new PinnedObjects(client, null, 6 << 20, 5 << 20);

        assertThat(pinned.copy(list("in/").get(0), "done/large.csv")).isTrue();

        try (InputStream copy = client.getObject(get -> get.bucket(bucket).key("done/large.csv"))) {
            assertThat(copy.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void onlyTheVersionThatIsMeantIsDeleted() {
        put("in/a.csv", "1");
        ObjectVersion first = list("in/").get(0);
        put("in/a.csv", "2");
        assertThat(store.delete(first)).isFalse();
        ObjectVersion second = list("in/").get(0);
        assertThat(store.delete(second)).isTrue();
        assertThat(store.delete(second)).isFalse();
        assertThat(list("")).isEmpty();
    }

    @Test
    void whatMayNotBeChangedNamesThePermission() {
        for (S3Failure failure : List.of(
                new S3Failure(denied(), S3Action.TAG, "b", "in/a"),
                new S3Failure(denied(), S3Action.COPY, "b", "in/a"),
                new S3Failure(denied(), S3Action.TAKE_AWAY, "b", "in/a"))) {
            assertThat(failure.exception().getMessage())
                    .startsWith("cannot " + failure.action().verb() + " s3://b/in/a: grant "
                            + failure.action().permission() + " on the bucket b to the role of Caravan");
        }
    }

    private static S3Exception denied() {
        return (S3Exception) S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();
    }

    private List<Tag> tags(ObjectVersion version) {
        return client.getObjectTagging(get -> get.bucket(bucket).key(version.key()))
                .tagSet();
    }

    private static Tag tag(String name, String value) {
        return Tag.builder().key(name).value(value).build();
    }

    private void delete(String key) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key));
    }

    @Test
    void allPagesAreListed() {
        List<String> keys =
                IntStream.range(0, 2500).mapToObj("many/%04d.csv"::formatted).toList();
        keys.parallelStream().forEach(key -> put(key, "x"));
        put("other/1.csv", "x");

        assertThat(list("many/")).extracting(ObjectVersion::key).containsExactlyElementsOf(keys);
        assertThat(list("")).hasSize(2501);
        assertThat(list("none/")).isEmpty();
    }

    @Test
    void aListedObjectHasItsETagWithoutQuotesItsSizeAndItsTime() {
        Instant before = Instant.now().minusSeconds(5);
        put("orders.csv", "id\n1\n");

        assertThat(list("")).singleElement().satisfies(version -> {
            assertThat(version.uri()).isEqualTo("s3://" + bucket + "/orders.csv");
            assertThat(version.etag()).isEqualTo(etagOf("orders.csv"));
            assertThat(version.etag()).doesNotContain("\"").isNotEmpty();
            assertThat(version.sizeBytes()).isEqualTo(5);
            assertThat(version.lastModified()).isBetween(before, Instant.now().plusSeconds(5));
        });
    }

    @Test
    void folderMarkersAreLeftOut() {
        put("in/", "");
        put("in/empty.csv", "");
        put("in/1.csv", "x");

        assertThat(list("in/")).extracting(ObjectVersion::key).containsExactly("in/1.csv", "in/empty.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in/with space.csv",
                "in/a+b.csv",
                "in/100%.csv",
                "in/%20.csv",
                "in/it's \"quoted\".csv",
                "in/größe/東京/🚚.csv",
                "in/ıİ.csv",
                "in/line\nbreak\ttab.csv",
                "in/a&b=c?d#e.csv",
                "in/<tag>;,:@!$()*~.csv"
            })
    void everyKeyIsListedAndOpenedAsItIs(String key) throws IOException {
        put(key, key);

        assertThat(list("in/")).extracting(ObjectVersion::key).containsExactly(key);
        assertThat(read(only())).isEqualTo(key);
    }

    /** No directories: dots are characters like others. The sandbox's store, which is a directory, takes no such key. */
    @Test
    void dotsInAKeyLeadNowhereElse() throws IOException {
        ObjectVersion version = new ObjectVersion("b", "in/../../up.csv", "e1", 1, Instant.EPOCH);
        try (ScriptedHttpServer server =
                        new ScriptedHttpServer("HTTP/1.1 200 OK\nETag: \"e1\"\nContent-Length: 1\n\nx");
                S3Client wrong = TestClients.of(server.port(), IMPATIENT)) {
            try (ObjectBody body = new S3ObjectStore(wrong).open(version).orElseThrow()) {
                assertThat(new String(body.content().readAllBytes(), UTF_8)).isEqualTo("x");
            }
            assertThat(server.requests()).containsExactly("GET /b/in/../../up.csv HTTP/1.1");
        }
    }

    @Test
    void hundredThousandObjectsAreListedPageByPage() throws IOException {
        List<ObjectVersion> all = new ArrayList<>();
        try (PagedListing listing = new PagedListing(100);
                S3Client paged = TestClients.of(listing.port(), IMPATIENT)) {
            new S3ObjectStore(paged).list("b", "in/", all::add);

            assertThat(listing.requests()).isEqualTo(100);
        }
        assertThat(all).hasSize(100_000);
        assertThat(all).extracting(ObjectVersion::key).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void anObjectIsReadToItsEndAndItsStoredBytesAreCounted() throws IOException {
        String csv = "id,name\n" + "1,Ada\n".repeat(100_000);
        byte[] gzip = gzip(csv);
        client.putObject(
                put -> put.bucket(bucket).key("orders.csv").contentEncoding("gzip"), RequestBody.fromBytes(gzip));

        try (ObjectBody body = store.open(only()).orElseThrow()) {
            assertThat(body.versionId()).isEmpty();
            assertThat(new String(body.content().readAllBytes(), UTF_8)).isEqualTo(csv);
            assertThat(body.storedBytesRead()).isEqualTo(gzip.length);
            assertThat(body.contentHash()).contains(new ContentHash(hash("SHA-256", gzip), null));
        }
        try (ObjectBody body = store.openWithMd5(only()).orElseThrow()) {
            assertThat(body.content().read()).isEqualTo('i');
            assertThat(body.contentHash()).as("before the end").isEmpty();
            body.content().readAllBytes();
            assertThat(body.contentHash()).contains(new ContentHash(hash("SHA-256", gzip), hash("MD5", gzip)));
        }
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEmptyObjectIsEmpty() throws IOException {
        put("empty.csv", "");

        assertThat(read(only())).isEmpty();
    }

    @Test
    void anObjectThatChangedSinceItWasListedIsNotOpened() {
        put("orders.csv", "old");
        ObjectVersion old = only();
        put("orders.csv", "new");

        assertThat(store.open(old)).isEmpty();
        assertThat(store.open(only())).get().satisfies(ObjectBody::close);
    }

    @Test
    void anObjectThatIsGoneIsNotOpened() {
        put("orders.csv", "old");
        ObjectVersion old = only();
        client.deleteObject(delete -> delete.bucket(bucket).key("orders.csv"));

        assertThat(store.open(old)).isEmpty();
    }

    @Test
    void objectsClosedHalfReadDoNotUseUpTheConnections() throws IOException {
        put("large.csv", "0123456789".repeat(1_000_000));
        ObjectVersion large = only();

        for (int i = 0; i < 200; i++) {
            try (ObjectBody body = store.open(large).orElseThrow()) {
                assertThat(body.content().readNBytes(100)).hasSize(100);
                assertThat(body.storedBytesRead()).isLessThan(large.sizeBytes());
            }
        }
    }

    @Test
    void damagedCompressionRejectsTheObject() throws IOException {
        byte[] gzip = gzip("id\n1\n");
        byte[] cut = Arrays.copyOf(gzip, gzip.length - 3);
        client.putObject(put -> put.bucket(bucket).key("orders.csv.gz"), RequestBody.fromBytes(cut));

        assertThatThrownBy(() -> read(only())).isInstanceOfSatisfying(RejectedObjectException.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(ErrorCode.OBJECT_COMPRESSION);
            assertThat(rejected.getMessage()).startsWith("s3://" + bucket + "/orders.csv.gz is damaged or cut short");
        });
    }

    @Test
    void aBucketThatDoesNotExistIsASetting() {
        assertFails(
                () -> store.list("no-such-bucket-here", "in/", version -> {}),
                InvalidConfigurationException.class,
                ErrorCode.BUCKET_NOT_FOUND,
                "cannot list s3://no-such-bucket-here/in/: the bucket no-such-bucket-here does not exist; "
                        + "check its name, AWS_REGION and AWS_ENDPOINT_URL_S3");
        assertFails(
                () -> store.open(new ObjectVersion("no-such-bucket-here", "k", "e", 1, Instant.EPOCH)),
                InvalidConfigurationException.class,
                ErrorCode.BUCKET_NOT_FOUND,
                "cannot read s3://no-such-bucket-here/k: the bucket no-such-bucket-here does not exist; "
                        + "check its name, AWS_REGION and AWS_ENDPOINT_URL_S3");
    }

    @Test
    void aStoreThatCannotBeReachedIsAskedAgainLater() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (S3Client nowhere = TestClients.of(unused, IMPATIENT)) {
            ObjectStore unreachable = new S3ObjectStore(nowhere);

            assertFails(
                    () -> unreachable.list("b", "in/", version -> {}),
                    RetryableException.class,
                    ErrorCode.OBJECT_STORE_UNREACHABLE,
                    "cannot list s3://b/in/: ");
            assertFails(
                    () -> unreachable.open(LISTED),
                    RetryableException.class,
                    ErrorCode.OBJECT_STORE_UNREACHABLE,
                    "cannot read s3://b/orders.csv: ");
        }
    }

    @Test
    void aDeniedListingNamesTheBucketAndThePermission() throws IOException {
        String denied = error("403 Forbidden", "AccessDenied", "Access Denied");

        assertFails(
                denied,
                wrong -> wrong.list("b", "in/", version -> {}),
                InvalidConfigurationException.class,
                ErrorCode.OBJECT_STORE_DENIED,
                "cannot list s3://b/in/: grant s3:ListBucket on the bucket b to the role of Caravan (HTTP 403 AccessDenied: ");
        assertFails(
                denied,
                wrong -> wrong.open(LISTED),
                RetryableException.class,
                ErrorCode.OBJECT_DENIED,
                "cannot read s3://b/orders.csv: grant s3:GetObject on it, and kms:Decrypt on the key that it is encrypted with,"
                        + " to the role of Caravan (HTTP 403 AccessDenied: ");
    }

    @Test
    void badCredentialsAreNotAMissingPermission() throws IOException {
        assertFails(
                error("403 Forbidden", "InvalidAccessKeyId", "no such key"),
                wrong -> wrong.list("b", "", version -> {}),
                InvalidConfigurationException.class,
                ErrorCode.OBJECT_STORE_DENIED,
                "cannot list s3://b/: check the AWS credentials (HTTP 403 InvalidAccessKeyId: no such key");
    }

    /** What S3 answers to one request, and what Caravan makes of it when it lists and when it reads. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    403 | AccessDenied           | OBJECT_STORE_DENIED | OBJECT_DENIED
                    403 | AllAccessDisabled      | OBJECT_STORE_DENIED | OBJECT_DENIED
                    403 | SignatureDoesNotMatch  | OBJECT_STORE_DENIED | OBJECT_DENIED
                    403 | InvalidAccessKeyId     | OBJECT_STORE_DENIED | OBJECT_STORE_DENIED
                    400 | ExpiredToken           | OBJECT_STORE_DENIED | OBJECT_STORE_DENIED
                    403 | RequestTimeTooSkewed   | OBJECT_STORE_FAILED | OBJECT_READ_FAILED
                    403 | InvalidObjectState     | OBJECT_STORE_DENIED | OBJECT_ARCHIVED
                    400 | KMS.DisabledException  | OBJECT_STORE_FAILED | OBJECT_DENIED
                    404 | NoSuchBucket           | BUCKET_NOT_FOUND    | BUCKET_NOT_FOUND
                    301 | PermanentRedirect      | SETTING_INVALID     | SETTING_INVALID
                    503 | SlowDown               | OBJECT_STORE_BUSY   | OBJECT_STORE_BUSY
                    429 | TooManyRequests        | OBJECT_STORE_BUSY   | OBJECT_STORE_BUSY
                    500 | InternalError          | OBJECT_STORE_FAILED | OBJECT_READ_FAILED
                    400 | BadRequest             | OBJECT_STORE_FAILED | OBJECT_READ_FAILED
                    """)
    void eachAnswerHasItsReaction(String status, String code, ErrorCode listing, ErrorCode reading) throws IOException {
        String answer = error(status + " Said", code, "why");

        assertFails(
                answer, wrong -> wrong.list("b", "in/", version -> {}), CaravanException.class, listing, "cannot list");
        assertFails(answer, wrong -> wrong.open(LISTED), CaravanException.class, reading, "cannot read");
    }

    @Test
    void aBucketOfAnotherRegionNamesTheRegion() throws IOException {
        String body = "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>";

        assertFails(
                "HTTP/1.1 301 Moved\nx-amz-bucket-region: eu-west-1\nContent-Length: " + body.length() + "\n\n" + body,
                wrong -> wrong.list("b", "", version -> {}),
                InvalidConfigurationException.class,
                ErrorCode.SETTING_INVALID,
                "cannot list s3://b/: the bucket b is in another region; set AWS_REGION to eu-west-1, or the feed's 'region'");
    }

    @Test
    void aBodyThatIsCutIsNeverReadAsWhole() throws IOException {
        assertFails(
                "HTTP/1.1 200 OK\nETag: \"e1\"\nContent-Length: 20\n\nid,name\n",
                wrong -> readAll(wrong),
                RetryableException.class,
                ErrorCode.OBJECT_READ_FAILED,
                "the connection broke after 9 of 20 bytes of s3://b/orders.csv: ");
    }

    @Test
    void aBodyWithoutALengthIsMeasuredByTheListing() throws IOException {
        assertFails(
                "HTTP/1.1 200 OK\nETag: \"e1\"\nConnection: close\n\nid,name\n",
                wrong -> readAll(wrong),
                RetryableException.class,
                ErrorCode.OBJECT_TRUNCATED,
                "s3://b/orders.csv ended after 9 bytes, but has 20");
    }

    @Test
    void aCutConnectionIsNotTakenForDamagedCompression() throws IOException {
        // The start of a gzip stream, and not even all of its header.
        assertFails(
                "HTTP/1.1 200 OK\nETag: \"e1\"\nContent-Length: 20\n\n\u001f\u008b\u0008\u0000\u0000",
                wrong -> readAll(wrong),
                RetryableException.class,
                ErrorCode.OBJECT_READ_FAILED,
                "the connection broke after 5 of 20 bytes of s3://b/orders.csv: ");
    }

    private interface Use {
        void of(ObjectStore store) throws IOException;
    }

    private static void assertFails(
            String answer, Use use, Class<? extends CaravanException> type, ErrorCode code, String message)
            throws IOException {
        try (ScriptedHttpServer server = new ScriptedHttpServer(answer);
                S3Client wrong = TestClients.of(server.port(), IMPATIENT)) {
            assertFails(() -> use.of(new S3ObjectStore(wrong)), type, code, message);
        }
    }

    private static void assertFails(
            ThrowingCallable call, Class<? extends CaravanException> type, ErrorCode code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(type, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage()).startsWith(message);
        });
    }

    private static String error(String status, String code, String message) {
        String body = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        return "HTTP/1.1 " + status + "\nContent-Type: application/xml\nContent-Length: " + body.length() + "\n\n"
                + body;
    }

    private static void readAll(ObjectStore store) throws IOException {
        try (ObjectBody body = store.open(LISTED).orElseThrow()) {
            body.content().readAllBytes();
        }
    }

    private String read(ObjectVersion version) throws IOException {
        try (ObjectBody body = store.open(version).orElseThrow()) {
            return new String(body.content().readAllBytes(), UTF_8);
        }
    }

    private ObjectVersion only() {
        List<ObjectVersion> all = list("");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<ObjectVersion> list(String prefix) {
        List<ObjectVersion> all = new ArrayList<>();
        store.list(bucket, prefix, all::add);
        return all;
    }

    private void put(String key, String content) {
        client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private String etagOf(String key) {
        return client.headObject(head -> head.bucket(bucket).key(key)).eTag().replace("\"", "");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
