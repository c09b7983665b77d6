package io.caravan.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportLinesTest {

    @Test
    void valuesAreQuotedForTheShell() {
        assertThat(ExportLines.render(Map.of("B", "it's $HOME", "A", "")))
                .isEqualTo("export A=''\nexport B='it'\\''s $HOME'\n");
    }

    @Test
    void theShellReadsWhatWasWritten() throws IOException {
        String value = "a'b\"c$d`e\\f\n g!*?~#;&|<>''";
        String script = ExportLines.render(new LinkedHashMap<>(Map.of("VALUE", value))) + "printf %s \"$VALUE\"";

        Process shell = new ProcessBuilder("sh", "-c", script).start();

        assertThat(shell.getInputStream()).hasContent(value);
    }

    @Test
    void aNameThatTheShellWouldRunIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExportLines.render(Map.of("A;rm", "x")));
    }
}
