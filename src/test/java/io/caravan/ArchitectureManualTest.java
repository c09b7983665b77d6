package io.caravan;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the house shows the house. */
class ArchitectureManualTest {

    private static final Path SOURCES = Path.of("src/main/java/io/caravan");

    private static final int MOST_LINES = 200;

    /** A floor, its packages, what lives there, their rooms. */
    private static final Pattern FLOOR = Pattern.compile("\\| (?:\\d|apart) \\| ([^|]+) \\| [^|]+ \\| ([^|]*)\\|");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Pattern TYPE =
            Pattern.compile("(?:io\\.caravan\\.)?([a-z]+(?:\\.[a-z]+)*\\.[A-Z]\\w+)(?:\\.\\w+)*");

    private final String manual = read(Path.of("docs/architecture.md"));
    private final String prose = manual.replaceAll("(?s)```.*?```", "");

    @Test
    void itIsShort() {
        assertThat(manual.lines().count()).isLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void itHasEveryRoomAndNoOther() throws IOException {
        Set<String> rooms = new TreeSet<>();
        FLOOR.matcher(manual).results().forEach(floor -> code(floor.group(1)).forEach(tree -> {
            rooms.add(tree);
            code(floor.group(2)).forEach(room -> rooms.add(tree + "." + room));
        }));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(rooms)
                    .isEqualTo(files.filter(file -> file.endsWith("package-info.java"))
                            .map(file -> SOURCES.relativize(file.getParent())
                                    .toString()
                                    .replace('/', '.'))
                            .collect(toCollection(TreeSet::new)));
        }
    }

    @Test
    void whatItNamesIsThere() {
        assertThat(code(prose).flatMap(text -> TYPE.matcher(text).results()).map(type -> type.group(1)))
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> assertThat(SOURCES.resolve(type.replace('.', '/') + ".java"))
                        .exists());
    }

    private static Stream<String> code(String text) {
        return CODE.matcher(text).results().map((MatchResult code) -> code.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
