package io.caravan.bench;

import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run has found: a table of the goals, and beneath it what stands behind its figures. */
final class Report {

    private static final String UNKNOWN = "—";

    private final String title;
    private final List<String> rows = new ArrayList<>();
    private final StringBuilder details = new StringBuilder();

    /**
     * Begins.
     *
     * @param title what was measured, on what machine, when
     */
    Report(String title) {
        this.title = title;
        System.out.println(title);
    }

    /** Begins what is told of a goal; the load average says how far to trust it. */
    void begin(Goal goal) {
        String heading = "Goal " + goal.number() + ": " + goal.title();
        System.out.println();
        System.out.println(heading);
        details.append("\n## ").append(heading).append("\n\n```\n");
        say(String.format(Locale.ROOT, "load average before: %.1f", Machine.loadAverage()));
    }

    /** Tells of the goal. */
    void say(String line) {
        System.out.println(line);
        details.append(line).append('\n');
    }

    /** Tells of the goal. */
    void say(Table table) {
        say(Format.TEXT.render(table).stripTrailing());
    }

    /** Ends what is told of a goal. */
    void end(Goal goal, List<Finding> findings) {
        for (Finding finding : findings) {
            String what = goal.title() + ": " + finding.what();
            System.out.println(
                    what + ": " + finding.measuredText() + ", goal " + finding.goalText() + ", " + reached(finding));
            row(goal, what, finding.measuredText(), finding.goalText(), reached(finding));
        }
        details.append("```\n");
    }

    /** Ends what is told of a goal that could not be measured. */
    void fail(Goal goal, Exception failure) {
        say("not measured: " + failure);
        row(goal, goal.title(), UNKNOWN, UNKNOWN, "not measured");
        details.append("```\n");
    }

    /** Writes all as Markdown. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "Measured by `bench/run`, which `bench/README.md` explains.\n\n" + title
                        + "\n\n| # | what | measured | goal | |\n|--:|--|--:|--:|--|\n" + String.join("", rows)
                        + details);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
    }

    static double ratio(Duration time, Duration other) {
        return time.toNanos() / (double) Math.max(1, other.toNanos());
    }

    private void row(Goal goal, String... cells) {
        rows.add("| " + goal.number() + " | " + String.join(" | ", cells) + " |\n");
    }

    private static String reached(Finding finding) {
        return finding.isReached() ? "reached" : "not reached";
    }
}
