package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} packs for a machine with a JRE only. */
class DistributionIT {

    @TempDir
    private Path directory;

    @Test
    void itRunsWhereItIsUnpacked() throws Exception {
        Path archive = archive();
        run("tar", "-xzf", archive.toString(), "--exclude", "*/sandbox-lib/*");
        Path home = directory.resolve(archive.getFileName().toString().replace(".tar.gz", ""));

        assertThat(run(home.resolve("caravan").toString(), "--version"))
                .matches("Caravan \\S+, commit ([0-9a-f]{7,}|unknown), Java "
                        + Runtime.version().feature() + "\\S*, Camel 4\\S+\n");
        assertThat(run(
                        home.resolve("caravan").toString(),
                        "check",
                        "--offline",
                        "--properties",
                        home.resolve("application.properties").toString()))
                .contains("feed employee");
        assertThat(Stream.of(
                        "README.md",
                        "SECURITY.md",
                        "docs/operations.md",
                        "bom.json",
                        "lib",
                        "sandbox-lib",
                        "man/man1/caravan-load.1"))
                .allMatch(name -> Files.exists(home.resolve(name)));
        try (Stream<Path> entries = Files.list(home)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString))
                    .doesNotContain(".launch", "pom.xml", "target");
        }
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().matches("caravan-.*\\.tar\\.gz"))
                    .toList();
            assertThat(archives).hasSize(1);
            return archives.get(0);
        }
    }

    /** Returns what it has printed, in an environment that has no Maven. */
    private String run(String... command) throws Exception {
        Path out = Files.createTempFile(directory, "command", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:1/dev?ssl=false");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
