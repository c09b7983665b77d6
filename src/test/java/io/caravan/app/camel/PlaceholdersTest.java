package io.caravan.app.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private static final Map<String, String> PROPERTIES = Map.of(
            "a",
            "A",
            "a.b",
            "AB",
            "null",
            "\\N",
            "again",
            "{{a}}",
            "braces",
            "\\{{a}}",
            "class",
            "#class:x",
            "on",
            "true");

    private final DefaultCamelContext context = new DefaultCamelContext(false);

    @BeforeEach
    void build() {
        context.build();
    }

    @AfterEach
    void close() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", "\\N", "\\d{2}", "a}}b", "\\}}", "{ {a} }", "Exchange.FILE_NAME", "!{a}", "{"})
    void aTextWithoutPlaceholdersStaysAsItIs(String text) {
        assertThat(fill(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{a}} | A",
                "x{{a}}y{{a.b}}z | xAyABz",
                "{{null}} | \\N",
                "{{a}}\\ | A\\",
                "{{a}}\\N | A\\N",
                "\\d{{a}}\\d | \\dA\\d",
                "{{again}} | {{a}}",
                "{{braces}} | \\{{a}}",
                "{{class}} | #class:x",
                "{{nothing:}}x | x",
                "{{nothing:\\N}} | \\N",
                "{{nothing:a:b}} | a:b",
                "{{nothing:{{a}}}} | A",
                "{{nothing:\\{{a\\}}}} | `<braces>`",
                "x{{?nothing}}y | xy",
                "{{!on}} | false",
                "{{{a}}} | {A}",
                "\\{{a}} | {{a}}",
                "\\{{a\\}} | {{a}}",
                "\\\\{{a}} | \\A",
                "{{a}}}} | A}}",
                "'{{a}}' | 'A'",
                "?nested=true{{a}} | ?nested=trueA"
            })
    void aPlaceholderIsFilledOnce(String text, String filled) {
        if (filled.equals("<braces>")) {
            assertThatIllegalArgumentException().isThrownBy(() -> fill(text));
        } else {
            assertThat(fill(text)).isEqualTo(filled);
        }
    }

    @Test
    void theEnvironmentComesFirst() {
        assertThat(fill("{{env:PATH}}")).isEqualTo(System.getenv("PATH"));
        assertThat(fill("{{path:x}}")).isEqualTo(System.getenv("PATH"));
        assertThat(fill("{{sys:java.version}}")).isEqualTo(System.getProperty("java.version"));
        assertThat(fill("{{env:NO_SUCH_VARIABLE:\\N}}")).isEqualTo("\\N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{nowhere}}", "x{{env:NOWHERE}}", "{{a}}{{nowhere}}"})
    void aPlaceholderWithoutAValueIsNamed(String text) {
        String name = text.contains("env") ? "env:NOWHERE" : "nowhere";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill(text))
                .withMessage("has the placeholder '{{" + name + "}}', for which neither the environment nor"
                        + " application.properties has a value; set one, or write {{" + name
                        + ":DEFAULT}}; two braces are"
                        + " written \\{{");
    }

    @Test
    void aPlaceholderThatDoesNotEndIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill("a{{2}"))
                .withMessage("has '{{' without '}}' after it; two braces are written \\{{");
    }

    private String fill(String text) {
        return new Placeholders(context, PROPERTIES, false).fill(text);
    }
}
