package io.caravan.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file at the top of the repository, which is documentation. */
class ApplicationPropertiesTest {

    private final List<String> lines;

    ApplicationPropertiesTest() throws IOException {
        lines = Files.readAllLines(Path.of("application.properties"));
    }

    @Test
    void setsNothing() {
        assertThat(lines).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    @Test
    void namesNoOtherSetting() {
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("#" + Setting.PREFIX))
                        .map(line -> line.substring(1, line.indexOf('='))))
                .allMatch(key -> Setting.ofKey(key).isPresent());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOG_LEVEL", "LOG_FORMAT"})
    void saysWhatASettingMeansAndItsDefault(Setting setting) {
        int line = lines.indexOf(lines.stream()
                .filter(text -> text.startsWith("#" + setting.key() + "="))
                .findFirst()
                .orElseThrow());

        assertThat(lines.get(line - 1)).startsWithIgnoringCase("# " + setting.meaning());
        setting.defaultValue().ifPresent(value -> assertThat(lines.get(line)).endsWith("=" + value));
    }
}
