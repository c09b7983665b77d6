package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import io.caravan.redshift.connection.InsertRate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Staging by INSERT as a load does it, over the driver's executeBatch as it comes. Each is a process of its own. */
final class InsertStagingGoal implements Goal {

    private static final double GOAL = 10;
    private static final long FULL_ROWS = 1_000_000;

    /** More rows than are inserted before they come again. */
    private static final double SCALE_OF_ROWS = 0.01;

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
        Path csv = bench.directory().resolve("lineitem.csv");
        try (OutputStream out = Files.newOutputStream(csv)) {
            new LineItems(SCALE_OF_ROWS).writeSnapshot(out, false);
        }
        double ours = rate(bench, csv, "caravan");
        double plain = rate(bench, csv, "driver");
        Table table = new Table(Column.text("way"), Column.number("rows/s"));
        table.add("Caravan", Math.round(ours));
        table.add("driver, plain", Math.round(plain));
        report.say(table);
        return List.of(Finding.atLeast(GOAL, "rows/s", ours / plain));
    }

    private double rate(Bench bench, Path csv, String way) throws IOException, InterruptedException {
        String count = Long.toString(scale.of(FULL_ROWS));
        List<String> told = new ChildJvm(bench).run(InsertRate.class, csv.toString(), way, count);
        String[] figures = told.get(0).split(" ", -1);
        return Double.parseDouble(figures[0]) / (Double.parseDouble(figures[1]) / 1e9);
    }
}
