package io.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private final Map<String, @Nullable Object> value = new LinkedHashMap<>();

    @BeforeEach
    void fill() {
        value.put("text", "a \"b\" \\ \n\r\t\u202e 🐪");
        value.put("numbers", List.of(1, -2L, 0.5));
        value.put("nothing", null);
        value.put("map", Map.of("yes", true));
        value.put("mixed", Arrays.asList("x", null, List.of(), Map.of()));
    }

    @Test
    void aLineHasAllOfIt() {
        assertThat(JsonText.of(value))
                .isEqualTo(
                        "{\"text\": \"a \\\"b\\\" \\\\ \\n\\r\\t\\u202e 🐪\", \"numbers\": [1, -2, 0.5], \"nothing\": null,"
                                + " \"map\": {\"yes\": true}, \"mixed\": [\"x\", null, [], {}]}");
    }

    @Test
    void peopleGetALineForEachMember() {
        assertThat(JsonText.pretty(value))
                .isEqualTo(
                        """
                        {
                          "text": "a \\"b\\" \\\\ \\n\\r\\t\\u202e 🐪",
                          "numbers": [
                            1,
                            -2,
                            0.5
                          ],
                          "nothing": null,
                          "map": {
                            "yes": true
                          },
                          "mixed": [
                            "x",
                            null,
                            [],
                            {}
                          ]
                        }""");
    }
}
