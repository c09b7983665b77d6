package io.caravan.sandbox.query;

import static java.util.Objects.requireNonNull;

import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.TokenCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all that Redshift has, as {@code documented.txt} lists them: what is not built is told from what does not exist. */
public final class Documented {

    private static final Map<String, String> SECTIONS = read();
    private static final Set<String> FUNCTIONS =
            words(SECTIONS.getOrDefault("functions", "")).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> VIEWS =
            words(SECTIONS.getOrDefault("views", "")).collect(Collectors.toUnmodifiableSet());
    /** Those of most words first. */
    private static final List<List<String>> STATEMENTS = Arrays.stream(
                    SECTIONS.getOrDefault("statements", "").split(","))
            .map(statement -> words(statement).toList())
            .sorted(Comparator.comparingInt((List<String> words) -> words.size())
                    .reversed())
            .toList();

    private Documented() {}

    static boolean function(String name) {
        return FUNCTIONS.contains(name);
    }

    public static boolean view(String name) {
        return VIEWS.contains(name);
    }

    /** Returns the statement that the text begins with, in capitals and without the names in it. */
    public static Optional<String> statement(Statement statement) {
        return STATEMENTS.stream()
                .filter(words -> begins(new TokenCursor(statement), words))
                .findFirst()
                .map(words -> words.stream()
                        .filter(word -> !word.equals("*"))
                        .map(word -> word.toUpperCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(" ")));
    }

    private static boolean begins(TokenCursor in, List<String> words) {
        for (String word : words) {
            if (!word.equals("*")) {
                if (!in.accept(word)) {
                    return false;
                }
            } else {
                do {
                    if (!in.next().isName()) {
                        return false;
                    }
                } while (in.acceptSymbol("."));
            }
        }
        return true;
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"));
    }

    private static Map<String, String> read() {
        Map<String, String> sections = new HashMap<>();
        String section = "";
        try (InputStream in = requireNonNull(Documented.class.getResourceAsStream("documented.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.endsWith(":")) {
                    section = line.substring(0, line.length() - 1);
                } else if (!line.startsWith("#")) {
                    sections.merge(section, line, (before, next) -> before + ' ' + next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }
}
