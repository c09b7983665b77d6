package io.caravan.csv.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            textBlock =
                    """
                    plz: matches \\d{5}  | "plz: matches \\d{5}"
                    C:\\x                | "C:\\x"
                    \\\\host\\share       | "\\\\host\\share"
                    a"b                 | "a\\"b"
                    a\\"b               | "a\\\\\\"b"
                    ends\\              | "ends\\\\"
                    \\u{9}              | "\\\\u{9}"
                    \\u0009             | "\\u0009"
                    """,
            delimiter = '|')
    void aBackslashIsOneUnlessItWouldBeAnEscape(String name, String shown) {
        assertThat(Names.quoted(name)).isEqualTo(shown);
    }

    @Test
    void whatCannotBeSeenIsEscaped() {
        assertThat(Names.quoted("a\tb\u202e\\\n")).isEqualTo("\"a\\u{9}b\\u{202e}\\\\\\u{a}\"");
    }

    @Test
    void noTwoNamesLookAlike() {
        List<String> pieces = List.of("\\", "\"", "u{", "9}", "\t");
        Set<String> shown = new HashSet<>();
        int names = 0;
        for (int number = 0; number < 5 * 5 * 5 * 5 * 5 * 5; number++) {
            StringBuilder name = new StringBuilder();
            for (int rest = number, i = 0; i < 6; i++, rest /= 5) {
                name.append(pieces.get(rest % 5));
            }
            shown.add(Names.quoted(name.toString()));
            names++;
        }
        assertThat(shown).hasSize(names);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(Names.quoted("x".repeat(99) + "\\y")).isEqualTo('"' + "x".repeat(99) + "\\…\"");
        assertThat(Names.list(Collections.nCopies(51, "a"))).endsWith("\"a\" and 1 more");
    }
}
