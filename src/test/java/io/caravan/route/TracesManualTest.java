package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual of traces, {@code docs/traces.md}, which names methods. */
class TracesManualTest {

    private static final Pattern METHOD = Pattern.compile("(io\\.caravan[A-Za-z.0-9]+)\\[([a-z]+)]");

    @Test
    void everyMethodIsThere() throws IOException {
        List<MatchResult> methods = METHOD.matcher(Files.readString(Path.of("docs", "traces.md")))
                .results()
                .toList();

        assertThat(methods).hasSize(4).allSatisfy(method -> assertThat(
                        Stream.of(Class.forName(method.group(1)).getDeclaredMethods()))
                .extracting(Method::getName)
                .contains(method.group(2)));
    }
}
