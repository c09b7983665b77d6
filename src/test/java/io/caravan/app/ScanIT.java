package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that compares libraries with advisories. */
class ScanIT {

    private static final String LIBRARIES =
            """
            {"components": [
              {"group": "a", "name": "lib", "version": "1.5.7-28"},
              {"group": "b", "name": "lib", "version": "2.10.0-rc1"},
              {"group": "c", "name": "lib", "version": "3.0"}]}
            """;

    /** Id, aliases, package, events of its range, listed versions. */
    private static final List<String> ADVISORIES = List.of(
            advisory("HIT-FIXED", "CVE-1", "a:lib", "introduced 0, fixed 1.5.7-29", ""),
            advisory(
                    "HIT-SECOND-RANGE",
                    "",
                    "a:lib",
                    "introduced 0, fixed 1.0, introduced 1.5.7-6, fixed 1.5.7-100",
                    ""),
            advisory("HIT-UNORDERED", "", "a:lib", "fixed 1.6, introduced 1.5", ""),
            advisory("HIT-LISTED", "", "a:lib", "introduced 9", "1.5.7-28"),
            advisory("HIT-LAST", "", "c:lib", "introduced 2, last_affected 3.0.0", ""),
            advisory("HIT-ONLY", "", "c:lib", "introduced 3.0, last_affected 3.0", ""),
            advisory("HIT-OPEN", "", "c:lib", "introduced 2.9", ""),
            advisory("HIT-BEFORE-RELEASE", "CVE-2", "b:lib", "introduced 2.9.1, fixed 2.10.0", ""),
            advisory("ANSWERED-BY-ID", "", "c:lib", "introduced 0", ""),
            advisory("GHSA-x", "CVE-3", "c:lib", "introduced 0, fixed 3.1", ""),
            advisory("MISS-FIXED", "", "a:lib", "introduced 0, fixed 1.5.7-6", ""),
            advisory("MISS-FIXED-HERE", "", "c:lib", "introduced 0, fixed 3.0.0", ""),
            advisory("MISS-LATER", "", "b:lib", "introduced 2.10.0", ""),
            advisory("MISS-LAST", "", "b:lib", "introduced 0, last_affected 2.9.9", ""),
            advisory("MISS-BETWEEN", "", "c:lib", "introduced 1, fixed 2, introduced 4, fixed 5", ""),
            advisory("MISS-OTHER", "", "d:lib", "introduced 0", ""),
            advisory("MISS-LISTED", "", "c:lib", "introduced 9", "3.0.0.Final"),
            advisory("MISS-WITHDRAWN", "", "c:lib", "introduced 0", "")
                    .replace("\"id\"", "\"withdrawn\": \"2026-01-01T00:00:00Z\", \"id\""),
            advisory("MISS-ECOSYSTEM", "", "c:lib", "introduced 0", "").replace("\"Maven\"", "\"npm\""),
            advisory("MISS-GIT", "", "c:lib", "introduced 0", "").replace("ECOSYSTEM", "GIT"));

    private static final List<String> FOUND = List.of(
            "ANSWERED-BY-ID c:lib 3.0, fixed in none: answered",
            "GHSA-x CVE-3 c:lib 3.0, fixed in 3.1: answered",
            "HIT-BEFORE-RELEASE CVE-2 b:lib 2.10.0-rc1, fixed in 2.10.0: UNANSWERED",
            "HIT-FIXED CVE-1 a:lib 1.5.7-28, fixed in 1.5.7-29: UNANSWERED",
            "HIT-LAST c:lib 3.0, fixed in none: UNANSWERED",
            "HIT-LISTED a:lib 1.5.7-28, fixed in none: UNANSWERED",
            "HIT-ONLY c:lib 3.0, fixed in none: UNANSWERED",
            "HIT-OPEN c:lib 3.0, fixed in none: UNANSWERED",
            "HIT-SECOND-RANGE a:lib 1.5.7-28, fixed in 1.0, 1.5.7-100: UNANSWERED",
            "HIT-UNORDERED a:lib 1.5.7-28, fixed in 1.6: UNANSWERED");

    /** What a process said. */
    private record Said(int exitCode, List<String> lines) {}

    @TempDir
    private Path directory;

    @BeforeEach
    void nameTheLibraries() throws IOException {
        Files.writeString(directory.resolve("bom.json"), LIBRARIES);
        // Neither is the id or the alias of an advisory, though each has one in it.
        Files.writeString(directory.resolve("answers.md"), "ANSWERED-BY-ID, CVE-3. Not: CVE-10, GHSA-HIT-OPEN.\n");
    }

    @Test
    void whatAppliesIsPrintedWithWhetherItIsAnswered() throws Exception {
        Said said = scan(zip(ADVISORIES));

        assertThat(said.lines().subList(0, said.lines().size() - 1)).isEqualTo(FOUND);
        assertThat(said.lines())
                .last()
                .isEqualTo("3 libraries, 19 advisories: 10 apply by their versions, 8 unanswered");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void nothingUnansweredIsSuccess() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files/more"));
        for (String advisory : ADVISORIES) {
            if (!advisory.contains("HIT-")) {
                Files.writeString(files.resolve(advisory.hashCode() + ".json"), advisory);
            }
        }

        assertThat(scan(directory.resolve("files")))
                .isEqualTo(new Said(
                        0,
                        List.of(
                                FOUND.get(0),
                                FOUND.get(1),
                                "3 libraries, 11 advisories: 2 apply by their versions, 0 unanswered")));
    }

    @Test
    void whereItCannotTellItDoesNotSucceed() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        Files.writeString(directory.resolve("no.zip"), "<html>");

        assertThat(Stream.of("empty", "no.zip", "missing"))
                .allSatisfy(name ->
                        assertThat(scan(directory.resolve(name)).exitCode()).isEqualTo(2));
        assertThat(run("deploy/scan.sh").exitCode()).isEqualTo(2);
    }

    private Said scan(Path advisories) throws IOException, InterruptedException {
        return run(
                "deploy/scan.sh",
                "--bom",
                directory.resolve("bom.json").toString(),
                "--answers",
                directory.resolve("answers.md").toString(),
                advisories.toString());
    }

    private static Said run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        return new Said(process.waitFor(), lines);
    }

    private Path zip(List<String> advisories) throws IOException {
        Path zip = directory.resolve("all.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String advisory : advisories) {
                entries.putNextEntry(new ZipEntry(advisory.hashCode() + ".json"));
                entries.write(advisory.getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private static String advisory(String id, String alias, String name, String events, String version) {
        return """
                {"id": "%s", "aliases": [%s], "affected": [{"package": {"ecosystem": "Maven", "name": "%s"},
                 "ranges": [{"type": "ECOSYSTEM", "events": [%s]}], "versions": [%s]}]}
                """
                .formatted(
                        id,
                        quoted(alias),
                        name,
                        String.join(
                                ", ",
                                Arrays.stream(events.split(", "))
                                        .map(event -> event.split(" "))
                                        .map(event -> "{\"%s\": \"%s\"}".formatted(event[0], event[1]))
                                        .toList()),
                        quoted(version));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : '"' + text + '"';
    }
}
