package io.caravan.aws.object;

import static io.caravan.aws.object.ObjectParts.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.aws.BucketTests;
import io.caravan.aws.S3Settings;
import io.caravan.aws.ScriptedHttpServer;
import io.caravan.aws.TestClients;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ObjectPartsIT extends BucketTests {

    private static final int LIMIT = 3 * PART_BYTES;
    private static final int SIZE = 6 * PART_BYTES + 5;
    private static final S3Settings IMPATIENT = new S3Settings(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 5);

    private ObjectStore store;

    @BeforeEach
    void openStore() {
        store = new S3ObjectStore(client);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                PART_BYTES - 1,
                PART_BYTES,
                PART_BYTES + 1,
                LIMIT - 1,
                LIMIT,
                LIMIT + 1,
                LIMIT + PART_BYTES,
                SIZE
            })
    void anObjectOfAnySizeIsAsItIsStored(int size) throws IOException {
        byte[] content = random(size);
        ObjectVersion version = put(content);

        for (int limit : List.of(1, LIMIT, 2 * SIZE)) {
            assertIsAsByOneRequest(version, limit);
        }
    }

    @Test
    void aCompressedObjectIsDecompressed() throws IOException {
        byte[] content = random(2 * PART_BYTES);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(content);
        }
        ObjectVersion version = put(gzip.toByteArray());

        assertIsAsByOneRequest(version, LIMIT);
        assertThat(read(store.readAhead(version, LIMIT).open())).isEqualTo(content);
    }

    /** Nobody can tell which parts are of which version, but by their ETag. */
    @Test
    void anObjectThatChangesInTheMiddleIsNotReadOn() throws IOException {
        byte[] first = random(SIZE);
        ObjectVersion version = put(first);

        try (ObjectBody body = store.readAhead(version, LIMIT).open().orElseThrow()) {
            put(random(SIZE - 1));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            assertFails(() -> body.content().transferTo(read), version.uri() + " has changed while it was being read");
            assertThat(read.size()).isGreaterThanOrEqualTo(PART_BYTES).isLessThan(SIZE);
            assertThat(first).startsWith(read.toByteArray());
            assertThat(body.contentHash()).isEmpty();
        }
        assertThat(store.readAhead(version, LIMIT).open()).isEmpty();
    }

    @Test
    void anObjectThatGoesInTheMiddleIsNotReadOn() throws IOException {
        ObjectVersion version = put(random(SIZE));

        try (ObjectBody body = store.readAhead(version, PART_BYTES).open().orElseThrow()) {
            client.deleteObject(delete -> delete.bucket(bucket).key(version.key()));
            assertFails(() -> body.content().readAllBytes(), version.uri() + " has changed while it was being read");
        }
        assertThat(store.readAhead(version, LIMIT).open()).isEmpty();
    }

    @Test
    void aStoreThatKnowsNoRangesIsAskedForAllOfIt() throws IOException {
        String content = "x".repeat(SIZE);
        try (ScriptedHttpServer server = new ScriptedHttpServer(
                        "HTTP/1.1 200 OK\nETag: \"e1\"\nContent-Length: " + SIZE + "\n\n" + content);
                S3Client wrong = TestClients.of(server.port(), IMPATIENT)) {
            assertThat(read(new S3ObjectStore(wrong)
                            .readAhead(large(), PART_BYTES)
                            .open()))
                    .asString()
                    .isEqualTo(content);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aPartIsAskedForAgainWhenItsConnectionBreaks() throws IOException {
        try (ScriptedHttpServer server = new ScriptedHttpServer("HTTP/1.1 206 Partial\nETag: \"e1\"\nContent-Length: "
                        + PART_BYTES + "\nContent-Range: bytes 0-" + (PART_BYTES - 1) + "/" + SIZE + "\n\nid,name\n");
                S3Client wrong = TestClients.of(server.port(), IMPATIENT)) {
            assertFails(
                    () -> new S3ObjectStore(wrong)
                            .readAhead(large(), PART_BYTES)
                            .open(),
                    "the connection broke at bytes 0-" + (PART_BYTES - 1) + "/" + SIZE + " of s3://b/large.csv: ");
            assertThat(server.requests()).hasSizeGreaterThan(1);
        }
    }

    private static ObjectVersion large() {
        return new ObjectVersion("b", "large.csv", "e1", SIZE, Instant.EPOCH);
    }

    private void assertIsAsByOneRequest(ObjectVersion version, int limit) throws IOException {
        try (ObjectBody ahead = store.readAhead(version, limit).open().orElseThrow();
                ObjectBody whole = store.open(version).orElseThrow()) {
            assertThat(ahead.content().readAllBytes())
                    .as("with %d bytes", limit)
                    .isEqualTo(whole.content().readAllBytes());
            assertThat(ahead.isCompressed()).isEqualTo(whole.isCompressed());
            assertThat(ahead.storedBytesRead()).isEqualTo(version.sizeBytes());
            assertThat(ahead.contentHash()).isPresent().isEqualTo(whole.contentHash());
            assertThat(ahead.content().read()).isEqualTo(-1);
        }
    }

    private static byte[] read(Optional<ObjectBody> opened) throws IOException {
        try (ObjectBody body = opened.orElseThrow()) {
            return body.content().readAllBytes();
        }
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private ObjectVersion put(byte[] content) {
        client.putObject(put -> put.bucket(bucket).key("in/a.csv"), RequestBody.fromBytes(content));
        List<ObjectVersion> all = new ArrayList<>();
        store.list(bucket, "", all::add);
        return all.get(0);
    }

    private static void assertFails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RetryableException.class, failure -> {
            assertThat(failure).extracting(CaravanException::code).isEqualTo(ErrorCode.OBJECT_READ_FAILED);
            assertThat(failure.getMessage()).startsWith(message);
        });
    }
}
