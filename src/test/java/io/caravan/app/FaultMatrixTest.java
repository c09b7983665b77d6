package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual names a test for each fault; the tests are there. */
class FaultMatrixTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyFaultIsShownByATestThatIsThere() throws IOException {
        List<String> faults = Files.readString(Path.of("docs", "reliability.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| fault |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(faults).hasSizeGreaterThan(25);
        for (String fault : faults) {
            assertThat(tests(fault)).as(fault).isNotEmpty();
            for (List<String> test : tests(fault)) {
                assertThat(source(test.get(0)).contains("    void " + test.get(1) + "("))
                        .as("%s", test)
                        .isTrue();
            }
        }
    }

    /** Returns class and method of each. */
    private static List<List<String>> tests(String fault) {
        List<List<String>> tests = new ArrayList<>();
        Matcher name = TEST.matcher(fault.substring(fault.lastIndexOf('|', fault.length() - 2)));
        while (name.find()) {
            tests.add(List.of(name.group(1), name.group(2)));
        }
        return tests;
    }

    private static String source(String type) {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return Files.readString(files.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + type)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
