package io.caravan.bench;

import io.caravan.app.Table;
import io.caravan.app.Table.Column;
import io.caravan.redshift.InsertRate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Staging by INSERT as a load does it, over the driver's executeBatch as it comes. Each is a process of its own. */
final class InsertStagingGoal implements Goal {

    private static final double GOAL = 10;
    private static final long FULL_ROWS = 1_000_000;
    private static final int DISTINCT_ROWS = 20_000;

    private final Scale scale;

    InsertStagingGoal(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String title() {
        return "INSERT staging over the driver's plain executeBatch";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        bench.createTarget("public.lineitem");
        Path rows = rows(bench.directory());
        double ours = rate(bench, rows, "caravan");
        double plain = rate(bench, rows, "driver");
        Table table = new Table(Column.text("way"), Column.number("rows/s"));
        table.add("Caravan", Math.round(ours));
        table.add("driver, plain", Math.round(plain));
        report.say(table);
        return List.of(Finding.atLeast(GOAL, "rows/s", ours / plain));
    }

    private double rate(Bench bench, Path rows, String way) throws IOException, InterruptedException {
        String count = Long.toString(scale.of(FULL_ROWS));
        List<String> told = new ChildJvm(bench).run(InsertRate.class, rows.toString(), way, count);
        String[] figures = told.get(0).split(" ", -1);
        return Double.parseDouble(figures[0]) / (Double.parseDouble(figures[1]) / 1e9);
    }

    /** Line items as they are staged, with tabs between the fields; no field of theirs has a comma or a quote. */
    private static Path rows(Path directory) throws IOException {
        Path csv = directory.resolve("lineitem.csv");
        try (OutputStream out = Files.newOutputStream(csv)) {
            new LineItems(0.01).writeSnapshot(out, false);
        }
        try (Stream<String> lines = Files.lines(csv)) {
            String rows = lines.skip(1)
                    .limit(DISTINCT_ROWS)
                    .map(line -> line.replace("\"", "").replace(',', '\t') + "\t1\t1\n")
                    .collect(Collectors.joining());
            return Files.writeString(directory.resolve("rows.txt"), rows);
        }
    }
}
