package io.caravan.app.command.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.replay.Correction;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectedFileTest {

    private static final String ENTRY =
            "{\"load\": \"L1\", \"key\": \"a/b.csv\", \"etag\": \"e\", \"line\": 7, \"raw\": \"1,\\\"a\\nü\\\"\"}";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("rows.json");
    }

    @Test
    void whatShowPrintsIsReadWhateverElseStandsThere() throws IOException {
        String other = ENTRY.replace(
                "7", "8, \"status\": \"open\", \"column\": null, \"mine\": {\"why\": [1, {\"line\": 3}]}");

        write("\uFEFF[\n  " + ENTRY + ",\n  " + other + "\n]\n", UTF_8);

        assertThat(CorrectedFile.read(file))
                .containsExactly(
                        new Correction("L1", "a/b.csv", "e", 7, "1,\"a\nü\""),
                        new Correction("L1", "a/b.csv", "e", 8, "1,\"a\nü\""));
    }

    /** An E stands for a whole entry, a vertical bar for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                             ~ line 1: must be one array of dead letters, as 'dead-letters show --format json' prints it
                    E                              ~ line 1: must be one array of dead letters, as 'dead-letters show --format json' prints it
                    [|[E]]                         ~ line 2: must be one array of dead letters, as 'dead-letters show --format json' prints it
                    [E]|[E]                        ~ line 2: must be one array of dead letters, as 'dead-letters show --format json' prints it
                    []                             ~ holds no dead letter
                    [E,|]                          ~ line 2: is not JSON, at column 1
                    [E|E]                          ~ line 2: is not JSON, at column 1
                    [|{"load": "secret             ~ line 2: is not JSON, at column 17
                    [|{"load": secret}]            ~ line 2: is not JSON, at column 10
                    [E,|E]                         ~ line 2: has line 7 of a/b.csv, rejected by load L1, once more; it is at line 1 already
                    [|{"load": "L", "line": 2}]    ~ line 2: the dead letter that begins here has no "raw"; leave load, key, etag and line as 'dead-letters show --format json' has printed them
                    [{"key": "a"}]                 ~ line 1: the dead letter that begins here has no "line"; leave load, key, etag and line as 'dead-letters show --format json' has printed them
                    [{"line": "2"}]                ~ line 1: "line" must be a whole number
                    [{"line": 2.5}]                ~ line 1: "line" must be a whole number
                    [{"line": 99999999999999999999}] ~ line 1: "line" must be a whole number
                    [{"line": 1,|"line": 2}]       ~ line 2: has "line" twice
                    [{"raw": "a",|"raw": "b"}]     ~ line 2: has "raw" twice
                    [{"key": ["a"]}]               ~ line 1: "key" must be a text
                    [{"raw": null}]                ~ line 1: "raw" must be a text
                    [{"line": 1, "raw": "\\ud83d"}] ~ line 1: "raw" holds half of a surrogate pair, which is no character
                    """)
    void whatIsWrongIsNamedWithItsLine(String content, String problem) throws IOException {
        write(content.replace('|', '\n').replace("E", ENTRY), UTF_8);

        assertInvalid(": " + problem);
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertInvalid(": there is no such file");

        write("[\n" + ENTRY + "]", StandardCharsets.ISO_8859_1);
        assertInvalid(": line 2 is not UTF-8");

        write("[\n" + ENTRY, UTF_8);
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1] = (byte) 0xC3;
        Files.write(file, whole);
        assertInvalid(": line 2 is not UTF-8");

        Files.write(file, new byte[CorrectedFile.MAX_BYTES + 1]);
        assertInvalid(": is larger than 32 MiB; replay fewer dead letters at a time");

        write("[".repeat(100_000), UTF_8);
        assertInvalid(": line 1: must be one array of dead letters, as 'dead-letters show --format json' prints it");
        write("[{\"a\":" + "[".repeat(100_000), UTF_8);
        assertThatThrownBy(() -> CorrectedFile.read(file)).hasMessageContaining(": line 1: is not JSON");
    }

    @Test
    void aTextMayBeAsLongAsTheFile() throws IOException {
        String text = "x".repeat(CorrectedFile.MAX_BYTES - 200);
        write("[" + ENTRY.replace("1,", text) + "]", UTF_8);

        assertThat(CorrectedFile.read(file)).singleElement().satisfies(read -> assertThat(read.text())
                .startsWith(text));
    }

    private void write(String content, Charset charset) throws IOException {
        Files.writeString(file, content, charset);
    }

    private void assertInvalid(String problem) {
        assertThatThrownBy(() -> CorrectedFile.read(file))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(file + problem)
                .extracting(e -> ((InvalidConfigurationException) e).code())
                .isEqualTo(ErrorCode.CORRECTION_INVALID);
    }
}
