package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that has run out of memory ends, and does not say that rows were rejected. */
class OutOfMemoryTest {

    private static final Pattern OPTION = Pattern.compile("-XX:[+-]\\w*(?:OutOfMemory|Coredump)\\w*");

    @TempDir
    private Path directory;

    /** What the JVM runs. */
    static final class Hoarder {

        private Hoarder() {}

        public static void main(String[] args) {
            List<byte[]> hoard = new ArrayList<>();
            while (hoard.size() < Integer.MAX_VALUE) {
                hoard.add(new byte[1_000_000]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caravan", "deploy/image/jvm.options"})
    void itEndsWithTheExitCodeOfAFailure(String file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx16m"));
        command.addAll(OPTION.matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .toList());
        command.addAll(List.of(
                "-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), Hoarder.class.getName()));
        Process java = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();

        assertThat(java.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("output")).content().contains("java.lang.OutOfMemoryError: Java heap space");
    }
}
