package io.caravan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.PromQl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/operations.md} says of metrics and alerts, and the alerts themselves. */
class OperationsManualTest {

    private final List<String> lines;

    OperationsManualTest() throws IOException {
        lines = Files.readAllLines(Path.of("docs", "operations.md"));
    }

    @Test
    void everyMetricStandsThere() {
        assertThat(lines.stream().filter(line -> line.matches("\\| `caravan_[a-z_]+` \\|.*")))
                .containsExactlyElementsOf(Stream.of(Metric.values())
                        .map(OperationsManualTest::line)
                        .toList());
    }

    private static String line(Metric metric) {
        String labels = String.join(
                ", ", metric.labels().stream().map(label -> "`" + label + "`").toList());
        return "| `" + metric.prometheusName() + "` | " + metric.type().text() + " | " + labels + " | "
                + metric.meaning() + " |";
    }

    @Test
    void everyAlertStandsThere() {
        assertThat(lines.stream()
                        .filter(line -> line.matches("\\| `Caravan\\w+` \\|.*"))
                        .map(line -> line.replaceFirst("\\| `(\\w+)`.*", "$1")))
                .containsExactlyElementsOf(
                        PromQl.alerts().stream().map(PromQl.Alert::name).toList());
    }

    @Test
    void everyAlertSaysWhatItMeansAndWhatToDo() {
        assertThat(PromQl.alerts()).allSatisfy(alert -> {
            assertThat(alert.labels()).contains("severity");
            assertThat(alert.annotations()).containsExactly("description", "summary");
        });
    }

    /** A regular expression is a poor parser: it sees what it is to see. */
    @Test
    void namesAreFoundInExpressions() {
        assertThat(PromQl.names("sum by (feed) (increase(a_total{outcome=\"b_total\"}[1h])) / on (x) group_left (y)"
                        + " rate(c:d{e=~\"$f\"}[$__rate_interval]) > 0.01 or vector(1e3)"))
                .containsExactly("a_total", "c:d");
    }
}
