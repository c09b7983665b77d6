package io.caravan.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(SandboxExtension.class)
class SandboxPutCommandIT {

    private final TestSandbox sandbox;
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory;

    private Path first;
    private Path second;

    SandboxPutCommandIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void write() throws IOException {
        first = Files.writeString(directory.resolve("1.csv"), "id\n1\n");
        second = Files.writeString(directory.resolve("2.csv"), "id\n22\n");
    }

    @Test
    void aFileIsPutWhereTheAddressSays() {
        String bucket = sandbox.bucket() + "-new";

        put(here(), first, second, "s3://" + bucket + "/in/");
        put(here(), first, "s3://" + bucket);
        put(here(), second, "s3://" + bucket + "/in/1.csv");

        assertThat(out)
                .hasToString("s3://%1$s/in/1.csv: 5 bytes\ns3://%1$s/in/2.csv: 6 bytes\ns3://%1$s/1.csv: 5 bytes\n"
                                .formatted(bucket)
                        + "s3://" + bucket + "/in/1.csv: 6 bytes\n");
        try (S3Client s3 = TestSandbox.s3(sandbox.sandbox())) {
            assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket).key("in/1.csv"))
                            .asUtf8String())
                    .isEqualTo("id\n22\n");
        }
    }

    @Test
    void whatCannotBePutIsSaidBeforeAnythingIs() {
        refused(here(), "there is no file " + directory.resolve("none"), directory.resolve("none"), "s3://b/k");
        refused(
                here(),
                "the last argument is where to, as s3://bucket/key or s3://bucket/folder/, and not b/k",
                first,
                "b/k");
        refused(here(), "several files need a folder; end s3://b/k in a slash", first, second, "s3://b/k");
    }

    @Test
    void nothingIsPutIntoABucketOfAws() {
        refused(Map.of(), "AWS_ENDPOINT_URL_S3 is not set; it is with the variables of a sandbox", first, "s3://b/k");
        refused(
                Map.of("AWS_ENDPOINT_URL_S3", "https://192.0.2.1"),
                "AWS_ENDPOINT_URL_S3 is https://192.0.2.1, which is not on this machine",
                first,
                "s3://b/k");
    }

    private Map<String, String> here() {
        return sandbox.environment();
    }

    private void refused(Map<String, String> environment, String message, Object... arguments) {
        assertThatThrownBy(() -> put(environment, arguments))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith(message);
        assertThat(out.toString()).isEmpty();
    }

    private void put(Map<String, String> environment, Object... arguments) {
        SandboxPutCommand command = new SandboxPutCommand(environment, new PrintWriter(out));
        CommandLine line = new CommandLine(command);
        line.parseArgs(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        try {
            command.call();
        } catch (InvalidConfigurationException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
