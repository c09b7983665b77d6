package io.caravan.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual's table of settings, in {@code docs/operations.md}. */
class SettingsManualTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `(caravan\\.[a-z0-9.-]+|CARAVAN_[A-Z0-9_]+)` \\|(?: `([^`]*)`)? \\| (\\S.*) \\|");

    @Test
    void everySettingStandsThereWithItsDefault() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs", "operations.md"))) {
            rows = lines.flatMap(line -> ROW.matcher(line).results())
                    .map(SettingsManualTest::settingAndDefault)
                    .toList();
        }

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(Setting.values())
                        .map(setting ->
                                name(setting) + " = " + setting.defaultValue().orElse(""))
                        .toList());
    }

    private static String settingAndDefault(MatchResult row) {
        return row.group(1) + " = " + (row.group(2) == null ? "" : row.group(2));
    }

    /** Logging starts before any file is read. */
    private static String name(Setting setting) {
        return setting == Setting.LOG_LEVEL || setting == Setting.LOG_FORMAT ? setting.variable() : setting.key();
    }
}
