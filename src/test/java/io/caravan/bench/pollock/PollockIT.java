package io.caravan.bench.pollock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark with a checkout of a few files, so that it works when somebody has the real one. */
@ExtendWith(SandboxExtension.class)
class PollockIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    PollockIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void whatComesThroughIsMeasuredInBothWays() throws Exception {
        Path checkout = directory.resolve("checkout");
        String plain = "id,name\n1,Anna\n2,Bo\n";
        file(checkout, "polluted_files", "plain.csv", plain, plain, ",", 1, "id", "name");
        file(checkout, "polluted_files", "semicolons.csv", "id;name\n1;Anna\n2;Bo\n", plain, ";", 1, "id", "name");
        file(checkout, "polluted_files", "too_much.csv", "id,name\n1,Anna\n2,Bo,x\n", plain, ",", 1, "id", "name");
        Files.writeString(
                checkout.resolve("pollock_weights.json"),
                "{\"plain.csv\": 8, \"semicolons.csv\": 1, \"too_much.csv\": 1}");
        file(checkout, "survey_sample", "empty.csv", "", "", ",", 0);
        file(checkout, "survey_sample", "header.csv", "id,name\n", "id,name\n", ",", 1, "id", "name");
        file(
                checkout,
                "survey_sample",
                "numbers.csv",
                "1.5,7\n2.5,8\n",
                "col_0,col_1\n1.5,7\n2.5,8\n",
                ",",
                0,
                "col_0",
                "col_1");
        file(
                checkout,
                "survey_sample",
                "repeated.csv",
                "x,x\na,1,2\nb,3,4\n",
                "x,x\na,1,2\nb,3,4\n",
                ",",
                1,
                "x",
                "x",
                "y",
                "z");

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, Score> scores;
        try (FileLoads loads = new FileLoads(directory, sandbox);
                PrintStream out = new PrintStream(printed, true, UTF_8)) {
            scores = new Pollock(new Checkout(checkout), loads, directory.resolve("results"), out).run();
        }

        assertThat(scores)
                .containsOnlyKeys(
                        "polluted_files GIVEN", "polluted_files NEW", "survey_sample GIVEN", "survey_sample NEW");
        assertThat(scores.values().stream().map(Score::success)).containsOnly(1.0);
        assertThat(scores.entrySet().stream()
                        .map(score -> score.getKey() + " "
                                + Math.round(100 * score.getValue().simple())))
                .containsExactly(
                        // A row is rejected of one file in three.
                        "polluted_files GIVEN 954",
                        "polluted_files NEW 954",
                        "survey_sample GIVEN 1000",
                        // The first column has no name.
                        "survey_sample NEW 982");
        assertThat(printed.toString(UTF_8)).contains("survey_sample", "weighted");
    }

    private static void file(
            Path checkout,
            String dataset,
            String name,
            String content,
            String clean,
            String delimiter,
            int header,
            String... names)
            throws IOException {
        Path folder = checkout.resolve(dataset);
        write(folder.resolve("csv").resolve(name), content);
        write(folder.resolve("clean").resolve(name), clean);
        write(
                folder.resolve("parameters").resolve(name + "_parameters.json"),
                "{\"encoding\": \"ascii\", \"delimiter\": \"" + delimiter
                        + "\", \"quotechar\": \"\", \"escapechar\": \"\","
                        + " \"header_lines\": \"" + header + "\", \"preamble_lines\": \"0\", \"footnote_lines\": \"0\","
                        + " \"column_names\": ["
                        + List.of(names).stream().map(one -> '"' + one + '"').collect(Collectors.joining(", ")) + "]}");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, UTF_8);
    }
}
