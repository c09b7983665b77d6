package io.caravan.csv.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.catalog.HiveType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of Hive's classes, held against what they did. */
final class LineSerDeTest {

    private static final Map<String, LineSerDe> SERDES = Map.of(
            "open-none", new OpenCsvLine(',', '"', (char) 1),
            "open-backslash", new OpenCsvLine(',', '"', '\\'),
            "lazy-empty", new LazySimpleLine(',', null, ""),
            "lazy-N-escape", new LazySimpleLine(',', '\\', "\\N"));

    private static List<String[]> seen() throws IOException {
        try (InputStream in = requireNonNull(LineSerDeTest.class.getResourceAsStream("hive-3.1.3.tsv"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    @Test
    void linesAreTakenApartAsHiveDoes() throws IOException {
        List<String[]> lines =
                seen().stream().filter(line -> SERDES.containsKey(line[0])).toList();
        assertThat(lines).hasSizeGreaterThan(70);
        assertThat(lines.stream().map(line -> line[0] + " " + line[1] + " " + line[2]))
                .isEqualTo(lines.stream()
                        .map(line -> line[0] + " " + line[1] + " "
                                + threeFields(requireNonNull(SERDES.get(line[0])), line[1]))
                        .toList());
    }

    private static String threeFields(LineSerDe serDe, String line) {
        List<String> fields = serDe.fields(line).stream()
                .map(field -> field == null ? "NULL" : "'" + field.replace("\n", "<LF>") + "'")
                .toList();
        return IntStream.range(0, 3)
                .mapToObj(i -> i < fields.size() ? fields.get(i) : "NULL")
                .collect(Collectors.joining("|"));
    }

    /** What is said to be readable has the very value there. */
    @Test
    void valuesThatAreSaidToBeReadAreRead() throws IOException {
        List<String[]> values = seen().stream()
                .filter(line -> !SERDES.containsKey(line[0]))
                .filter(line -> ReadableValue.is(HiveType.parse(line[0]), line[1]))
                .toList();
        assertThat(values.stream().map(value -> value[0] + " " + value[1]))
                .contains(
                        "int 007",
                        "int +1",
                        "decimal(10,2) 4.25",
                        "double .5",
                        "boolean TRUE",
                        "date 2024-02-29",
                        "timestamp 2024-02-29T12:00:00")
                .doesNotContain(
                        "decimal(10,2) 4.256",
                        "date 2024-02-30",
                        "int  2",
                        "timestamp 2024-02-29",
                        "double 1d",
                        "boolean t");
        assertThat(values).allSatisfy(value -> assertThat(isSame(value[0], value[1], value[2].replace("'", "")))
                .as(String.join(" ", value))
                .isTrue());
    }

    private static boolean isSame(String type, String text, String read) {
        if (Stream.of("boolean", "date").anyMatch(type::equals)) {
            return text.equalsIgnoreCase(read);
        }
        if (type.equals("timestamp")) {
            return text.replace('T', ' ').equals(read);
        }
        if (type.equals("double") || type.equals("float")) {
            return Double.parseDouble(text) == Double.parseDouble(read)
                    || (type.equals("float") && Float.parseFloat(text) == Float.parseFloat(read));
        }
        return new BigDecimal(text).compareTo(new BigDecimal(read)) == 0;
    }
}
