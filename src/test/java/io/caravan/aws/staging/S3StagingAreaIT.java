package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.aws.BucketTests;
import io.caravan.aws.S3Settings;
import io.caravan.aws.ScriptedHttpServer;
import io.caravan.aws.TestClients;
import io.caravan.aws.compression.DecompressedContent;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.spi.DataFileRecord;
import io.caravan.spi.DataFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3StagingAreaIT extends BucketTests {

    @Test
    void aSmallLoadIsOneFileAndAManifest() throws IOException {
        try (DataFiles files = new S3StagingArea(client, bucket, "in/").create("load-1", "stage_orders", "@NULL@")) {
            files.field(1);
            files.field("Ada, Countess");
            files.field(null);
            files.endRow();
            files.field(2);
            files.field("");
            files.field("東京");
            files.endRow();

            files.finish();

            assertThat(files.manifest(0, files.stored()))
                    .isEqualTo("s3://" + bucket + "/in/load-1/stage_orders/manifest-000001-000001.json");
            assertThat(keys())
                    .containsExactly(
                            "in/load-1/stage_orders/000001.csv.zst",
                            "in/load-1/stage_orders/manifest-000001-000001.json");
            assertThat(text("in/load-1/stage_orders/000001.csv.zst"))
                    .isEqualTo(
                            """
                    1,"Ada, Countess",@NULL@
                    2,"",東京
                    """);
            assertThat(text("in/load-1/stage_orders/manifest-000001-000001.json"))
                    .isEqualTo(
                            """
                    {"entries": [
                      {"url": "s3://%s/in/load-1/stage_orders/000001.csv.zst", "mandatory": true}
                    ]}
                    """
                                    .formatted(bucket));
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void aLargeLoadIsCutBetweenRowsAndLosesNone() throws IOException {
        StringBuilder expected = new StringBuilder();
        try (DataFiles files = new S3StagingArea(client, bucket, "", 200_000).create("load-2", "t", "@NULL@")) {
            Random random = new Random(11);
            for (int row = 0; row < 100_000; row++) {
                String value = Long.toString(random.nextLong(), 36);
                files.field(row);
                files.field(value);
                files.endRow();
                expected.append(row).append(',').append(value).append('\n');
            }
            files.finish();

            List<String> dataFiles =
                    keys().stream().filter(key -> key.endsWith(".csv.zst")).toList();
            List<String> texts = new ArrayList<>();
            for (String key : dataFiles) {
                texts.add(text(key));
            }

            assertThat(dataFiles).hasSizeBetween(5, 12).startsWith("load-2/t/000001.csv.zst");
            assertThat(texts).allMatch(text -> text.endsWith("\n"));
            assertThat(String.join("", texts).contentEquals(expected)).isTrue();
            String manifest = files.manifest(1, files.stored() - 1);
            assertThat(text(manifest.substring(("s3://" + bucket + "/").length())))
                    .as("all but the first and the last file")
                    .isEqualTo(dataFiles.subList(1, dataFiles.size() - 1).stream()
                            .map(key -> "  {\"url\": \"s3://" + bucket + "/" + key + "\", \"mandatory\": true}")
                            .collect(Collectors.joining(",\n", "{\"entries\": [\n", "\n]}\n")));
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in", 1).create("load-12", "t", "@NULL@")) {
            writeRandomRows(files, 50_000);
            files.finish();
            List<String> numbers = new ArrayList<>();

            for (String file : files.files()) {
                files.read(file, record -> numbers.add(number(record)));
            }
            files.read("s3://elsewhere/000001.csv.zst", record -> numbers.add("elsewhere"));

            assertThat(files.folder()).isEqualTo("s3://" + bucket + "/in/load-12/t/");
            assertThat(files.files())
                    .hasSizeGreaterThan(1)
                    .startsWith("s3://" + bucket + "/in/load-12/t/000001.csv.zst")
                    .allMatch(file -> file.startsWith(files.folder()));
            assertThat(numbers)
                    .isEqualTo(
                            IntStream.range(0, 50_000).mapToObj(String::valueOf).toList());
        }
    }

    @Test
    void aDataFileThatIsDamagedIsReadAgainLater() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in").create("load-13", "t", "@NULL@")) {
            writeRandomRows(files, 1_000);
            files.finish();
            String key = "in/load-13/t/000001.csv.zst";
            byte[] stored =
                    client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
            client.putObject(
                    put -> put.bucket(bucket).key(key),
                    RequestBody.fromBytes(Arrays.copyOf(stored, stored.length - 5)));

            assertThatThrownBy(() -> files.read("s3://" + bucket + "/" + key, record -> {}))
                    .isInstanceOf(RetryableException.class)
                    .hasMessageStartingWith("cannot read the data file s3://" + bucket + "/" + key + " again: ");
        }
    }

    @Test
    void whatIsClosedHalfWrittenLeavesNothing() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in", 1).create("load-3", "t", "@NULL@")) {
            writeRandomRows(files, 50_000);
            files.field("a row that never ends");
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void anInterruptedThreadStillDeletes() {
        DataFiles files = new S3StagingArea(client, bucket, "in").create("load-4", "t", "@NULL@");
        files.field("x");
        files.endRow();
        files.finish();

        Thread.currentThread().interrupt();
        files.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(keys()).isEmpty();
    }

    @Test
    void filesOfAnotherLoadAreLeftAlone() {
        S3StagingArea area = new S3StagingArea(client, bucket, "in");
        try (DataFiles one = area.create("load-5", "t", "@NULL@")) {
            one.field("x");
            one.endRow();
            one.finish();
            try (DataFiles other = area.create("load-6", "t", "@NULL@")) {
                other.field("x");
                other.endRow();
                other.finish();
                other.manifest(0, 1);
            }

            assertThat(keys()).containsExactly("in/load-5/t/000001.csv.zst");
        }
    }

    @Test
    void withoutRowsThereIsNothingToFinish() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in").create("load-7", "t", "@NULL@")) {
            assertThatThrownBy(files::finish).isInstanceOf(IllegalStateException.class);
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatIsFinishedTakesNoMoreRows() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in").create("load-8", "t", "@NULL@")) {
            files.field("x");
            assertThatThrownBy(files::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the last row is not ended");
            files.endRow();
            files.finish();

            assertThatThrownBy(() -> files.field("y")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(files::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aStagingBucketThatDoesNotExistIsASetting() {
        try (DataFiles files = new S3StagingArea(client, "no-such-bucket-here", "in").create("load-9", "t", "@NULL@")) {
            files.field("x");
            files.endRow();

            assertThatThrownBy(files::finish).isInstanceOfSatisfying(InvalidConfigurationException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.BUCKET_NOT_FOUND);
                assertThat(e.getMessage())
                        .startsWith("cannot write s3://no-such-bucket-here/in/load-9/t/000001.csv.zst: ");
            });
        }
    }

    @Test
    void anUploadThatFailsStopsTheWriting() throws IOException {
        S3Settings impatient = new S3Settings(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 5);
        try (ScriptedHttpServer server = new ScriptedHttpServer("HTTP/1.1 503 Slow Down\nContent-Length: 0\n\n");
                S3Client failing = TestClients.of(server.port(), impatient);
                DataFiles files = new S3StagingArea(failing, bucket, "in", 1).create("load-10", "t", "@NULL@")) {
            assertThatThrownBy(() -> writeRandomRows(files, Integer.MAX_VALUE))
                    .isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.getMessage())
                            .startsWith("cannot write s3://" + bucket + "/in/load-10/t/000001.csv.zst: "));
            assertThatThrownBy(() -> {
                        writeRandomRows(files, 1);
                        files.finish();
                    })
                    .as("again")
                    .isInstanceOf(RetryableException.class);
        }
    }

    @Test
    void afterAnInterruptionNothingCountsAsStored() throws IOException {
        S3Settings impatient = new S3Settings(true, Duration.ofSeconds(1), Duration.ofMillis(300), 5);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client waiting = TestClients.of(silent.getLocalPort(), impatient);
                DataFiles files = new S3StagingArea(waiting, bucket, "in").create("load-11", "t", "@NULL@")) {
            writeRandomRows(files, 1);
            Thread.currentThread().interrupt();

            assertThatThrownBy(files::finish)
                    .isInstanceOf(RetryableException.class)
                    .hasMessage("interrupted while uploading data files");
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> writeRandomRows(files, 1)).as("again").isInstanceOf(RetryableException.class);
            assertThatThrownBy(files::finish).as("again").isInstanceOf(RetryableException.class);
        }
    }

    @Test
    void noThreadStaysBehind() {
        try (DataFiles files = new S3StagingArea(client, bucket, "in", 1).create("load-threads", "t", "@NULL@")) {
            writeRandomRows(files, 20_000);
            assertThat(threads()).contains("data-files-load-threads");
        }
        assertThat(threads()).doesNotContain("data-files-load-threads");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static void writeRandomRows(DataFiles files, int rows) {
        Random random = new Random(13);
        for (int row = 0; row < rows; row++) {
            files.field(row);
            files.field(Long.toString(random.nextLong(), 36));
            files.endRow();
        }
    }

    private static String number(DataFileRecord record) {
        return record.text().substring(0, record.text().indexOf(','));
    }

    private List<String> keys() {
        return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private String text(String key) throws IOException {
        byte[] stored =
                client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
        try (DecompressedContent content = DecompressedContent.open(new ByteArrayInputStream(stored), key)) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }
}
