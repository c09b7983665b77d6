package io.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual's table of failures, {@code docs/failures.md}. */
class FailuresManualTest {

    @Test
    void everyCodeStandsThereWithItsReaction() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs", "failures.md"))) {
            rows = lines.filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                    .map(line -> line.replaceFirst("\\| `([A-Z_]+)` \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|", "$1: $2"))
                    .toList();
        }

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(ErrorCode.values())
                        .map(code -> code + ": " + does(code.reaction()))
                        .toList());
    }

    private static String does(Reaction reaction) {
        return switch (reaction) {
            case RETRYABLE -> "tries again";
            case RETRYABLE_APART -> "tries again, then apart";
            case SET_ASIDE -> "sets the object aside";
            case REJECTED_ROW -> "rejects the row";
            case REJECTED_OBJECT -> "rejects the object";
            case FATAL -> "stops";
        };
    }
}
