package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values as people write them, through a route file and a load: what is in the table, or which code its row is rejected with. */
@ExtendWith(SandboxExtension.class)
class ValuesIT {

    /**
     * Values of one column.
     *
     * @param column its name
     * @param format of the column; empty for the standard form
     * @param onInvalid of the column; empty for none
     * @param values each as the object has it, an arrow, and what becomes of it: the table's text, or an error code
     */
    private record Case(String column, String type, String format, String onInvalid, List<String> values) {

        Case(String column, String type, String format, String onInvalid, String... values) {
            this(column, type, format, onInvalid, List.of(values));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "whole_number",
                    "INTEGER",
                    "",
                    "",
                    "10.0 -> 10",
                    "12. -> 12",
                    "1E+05 -> 100000",
                    "-0.0 -> 0",
                    " -> null",
                    "10.50 -> VALUE_FORMAT",
                    "1E400 -> VALUE_OUT_OF_RANGE",
                    "1e-400 -> VALUE_FORMAT"),
            new Case(
                    "unseen",
                    "INTEGER",
                    "",
                    "",
                    "5\u00A0 -> 5",
                    "\uFEFF6 -> 6",
                    "\u22125 -> -5",
                    "\u00A0 -> null",
                    "1\u00A0234 -> VALUE_FORMAT",
                    "５ -> VALUE_FORMAT"),
            new Case(
                    "grouped",
                    "INTEGER",
                    "1 234 567",
                    "",
                    "1\u00A0234 -> 1234",
                    "1\u2009234\u202F567 -> 1234567",
                    "\u22125 -> -5",
                    "5\u00A0 -> 5",
                    "12 34 -> VALUE_FORMAT"),
            new Case(
                    "rounded",
                    "DECIMAL(10,2)",
                    "",
                    "round",
                    "19.990000000000002 -> 19.99",
                    "-1.005 -> -1.01",
                    "0.30000000000000004 -> 0.30",
                    "1e-400 -> 0.00",
                    "1e400 -> VALUE_OUT_OF_RANGE",
                    "x -> VALUE_FORMAT"),
            new Case("whole_rounded", "SMALLINT", "", "round", "10.50 -> 11", "32767.5 -> VALUE_OUT_OF_RANGE"),
            new Case(
                    "cut",
                    "TIMESTAMP",
                    "",
                    "truncate",
                    "2024-01-05 10:20:30.1234567 -> 2024-01-05 10:20:30.123456",
                    "2024-01-05T10:20:31.765432100 -> 2024-01-05 10:20:31.765432",
                    "2024-01-05 10:20:30.1234567Z -> VALUE_FORMAT"),
            new Case(
                    "rounded_time",
                    "TIMESTAMP",
                    "yyyy-MM-dd HH:mm:ss.SSSSSSS",
                    "round",
                    "2023-12-31 23:59:59.9999999 -> 2024-01-01 00:00:00",
                    "2024-01-05 10:20:30.123 -> 2024-01-05 10:20:30.123"),
            new Case(
                    "exact_time",
                    "TIMESTAMP",
                    "",
                    "",
                    "2024-01-05 10:20:30.123456000 -> 2024-01-05 10:20:30.123456",
                    "2024-01-05 10:20:30.1234567 -> VALUE_TOO_PRECISE"),
            new Case(
                    "with_z",
                    "TIMESTAMP",
                    "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]'Z'",
                    "",
                    "2024-01-05T10:20:30Z -> 2024-01-05 10:20:30",
                    "2024-01-05T10:20:31.5Z -> 2024-01-05 10:20:31.5",
                    "2024-01-05T10:20:31.123Z -> 2024-01-05 10:20:31.123",
                    "2024-01-05T10:20:31.123456Z -> 2024-01-05 10:20:31.123456"),
            new Case(
                    "utc",
                    "TIMESTAMP",
                    "utc",
                    "",
                    "2024-01-05T10:20:30.5Z -> 2024-01-05 10:20:30.5",
                    "2024-01-05 10:20:30 UTC -> 2024-01-05 10:20:30",
                    "2024-01-05 -> 2024-01-05 00:00:00",
                    "2024-01-01 00:30:00+01:00 -> 2023-12-31 23:30:00"),
            new Case("in_micros", "TIMESTAMP", "epochmicros", "", "1706692203123456 -> 2024-01-31 09:10:03.123456"),
            new Case(
                    "in_seconds",
                    "TIMESTAMP",
                    "epochsecs",
                    "",
                    "1706692203.25 -> 2024-01-31 09:10:03.25",
                    "1706692203 -> 2024-01-31 09:10:03",
                    "0.1234567 -> VALUE_TOO_PRECISE"),
            new Case(
                    "dollars",
                    "DECIMAL(10,2)",
                    "$1,234.50",
                    "",
                    "$1,234.50 -> 1234.50",
                    "$7.25 -> 7.25",
                    "1,234.50 -> 1234.50",
                    "(5.00) -> -5.00",
                    "7.25- -> -7.25",
                    "€5 -> VALUE_FORMAT"),
            new Case(
                    "euros",
                    "DECIMAL(10,2)",
                    "1.234,50 €",
                    "",
                    "1.234,50 € -> 1234.50",
                    "-7,25€ -> -7.25",
                    "EUR 5 -> VALUE_FORMAT"),
            new Case(
                    "per_cent",
                    "DECIMAL(10,2)",
                    "12,5 %",
                    "",
                    "12,5 % -> 12.50",
                    "12,5% -> 12.50",
                    "0,125 -> VALUE_FORMAT"),
            new Case("brackets", "DECIMAL(10,2)", "(1.234,50)", "", "(1.234,50) -> -1234.50", "5 -> 5.00"),
            new Case("truth", "BOOLEAN", "", "", "1.0 -> true", "0.0 -> false", "on -> VALUE_FORMAT"),
            new Case(
                    "words",
                    "BOOLEAN",
                    "on|1.0/off|0.0",
                    "",
                    "on -> true",
                    "OFF -> false",
                    "1.0 -> true",
                    "0.0 -> false",
                    "true -> VALUE_FORMAT"));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    ValuesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    /** A row for each value, in a column of its own, so that one load is enough. */
    @ParameterizedTest
    @EnumSource
    void aValueLoadsAsItIsMeantOrSaysWhyNot(StagedBy stagedBy) throws SQLException {
        String feed = "values_" + stagedBy.name().toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + feed + " (id INTEGER, "
                + list(", ", some -> some.column() + " " + some.type()) + ")");
        routes.ownFeed(
                feed,
                sandbox.bucket(),
                "id",
                "delimiter",
                "|",
                "formats",
                list("; ", some -> some.format().isEmpty() ? "" : some.column() + "=" + some.format()),
                "onInvalid",
                list(", ", some -> some.onInvalid().isEmpty() ? "" : some.column() + "=" + some.onInvalid()));
        StringBuilder object = new StringBuilder("id|" + list("|", Case::column) + "\n");
        List<String> expected = new ArrayList<>();
        for (int column = 0; column < CASES.size(); column++) {
            for (String value : CASES.get(column).values()) {
                String[] sides = value.split(" -> ", 2);
                expected.add(CASES.get(column).column() + ": " + sides[0] + " -> " + sides[1]);
                object.append(expected.size() + "|" + "|".repeat(column) + sides[0]
                        + "|".repeat(CASES.size() - column - 1) + "\n");
            }
        }
        sandbox.put(feed + "/1.csv", object.toString());
        assertThat(caravan.report(stagedBy, feed).failures()).isEmpty();

        List<List<String>> became = sandbox.query("SELECT id, COALESCE("
                + list(", ", some -> "CAST(" + some.column() + " AS VARCHAR(200))") + ", 'null') FROM public." + feed
                + " UNION ALL SELECT line_number - 1, error_code FROM caravan.dead_letters WHERE feed = '" + feed
                + "' ORDER BY 1");
        List<String> found = new ArrayList<>();
        for (int row = 0; row < became.size(); row++) {
            found.add(expected.get(row).split(" -> ", 2)[0] + " -> "
                    + became.get(row).get(1));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static String list(String separator, Function<Case, String> text) {
        return CASES.stream().map(text).filter(one -> !one.isEmpty()).collect(joining(separator));
    }
}
