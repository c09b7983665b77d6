package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/**
 * The recipe that Camel users write first, {@code bench/naive}, over {@code caravan load} of the same object. Both are whole
 * processes, from their start until the rows are committed. It is never told of a repeated key, which it would not survive.
 */
final class NaiveRecipe implements Goal {

    private static final double GOAL = 8;

    private static final String TABLE = "public.naive";
    private static final String STAGING_TABLE = "public.naive_staging";
    private static final String WARM_UP_TABLE = "public.warm_up";
    private static final String OUR_TABLE = "public.ours";
    private static final long LOOK_MILLIS = 50;

    private final Scale scale;

    NaiveRecipe(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "the naive Camel recipe over Caravan";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        Path csv = bench.directory().resolve("lineitem.csv");
        long rows;
        try (OutputStream out = Files.newOutputStream(csv)) {
            rows = scale.lineItems().writeSnapshot(out, false);
        }
        bench.createTarget(TABLE);
        bench.createTarget(STAGING_TABLE);
        bench.createTarget(OUR_TABLE);
        bench.put("naive/lineitem.csv", csv);
        bench.put("ours/lineitem.csv", csv);
        bench.createFeed("ours", "ours/", OUR_TABLE);
        LoadFigures byCopy = load(bench, Staging.COPY);
        bench.execute("TRUNCATE " + OUR_TABLE);
        bench.put("ours/again.csv", csv);
        LoadFigures byInsert = load(bench, Staging.INSERT);
        LoadFigures byService = byService(bench, csv, rows);
        Duration naive = naive(bench, rows);
        if (!bench.fingerprint(TABLE).equals(bench.fingerprint(OUR_TABLE))) {
            throw new IllegalStateException("the naive recipe and Caravan have left different rows");
        }
        tell(report, rows, naive, byCopy, byInsert, byService);
        return List.of(
                Finding.atLeast(GOAL, "COPY", Report.ratio(naive, byCopy.command())),
                Finding.atLeast(GOAL, "COPY by a warm service", Report.ratio(naive, byService.command())),
                Finding.atLeast(GOAL, "INSERT", Report.ratio(naive, byInsert.command())));
    }

    private static LoadFigures load(Bench bench, Staging staging)
            throws IOException, InterruptedException, SQLException {
        bench.settle(OUR_TABLE);
        return new LoadProcess(bench).run("ours", staging, "");
    }

    /** Lets a service load the object into another table first. */
    private static LoadFigures byService(Bench bench, Path csv, long rows) throws Exception {
        bench.execute("TRUNCATE " + OUR_TABLE);
        bench.createTarget(WARM_UP_TABLE);
        bench.createPollingFeed("warm-up", "warm-up/", WARM_UP_TABLE);
        bench.createPollingFeed("service", "service/", OUR_TABLE);
        try (Service service = new Service(bench)) {
            service.load("warm-up", "warm-up/lineitem.csv", csv, rows);
            bench.settle(OUR_TABLE);
            return service.load("service", "service/lineitem.csv", csv, rows);
        }
    }

    /** Runs it until its one MERGE has been committed. */
    private static Duration naive(Bench bench, long rows) throws IOException, InterruptedException, SQLException {
        bench.settle(TABLE);
        Path recipe = bench.home().resolve("bench/naive");
        Path output = bench.directory().resolve("naive.txt");
        List<String> options = List.of(
                "-Dcamel.main.property-placeholder-location=file:" + recipe.resolve("application.properties"),
                "-Dnaive.directory=" + recipe,
                "-Dnaive.bucket=" + Bench.BUCKET);
        long from = System.nanoTime();
        Process process = new ChildJvm(bench).start(output, options, Main.class.getName());
        try {
            long merged = count(bench);
            while (merged == 0) {
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("the naive recipe has ended:\n" + Files.readString(output));
                }
                merged = count(bench);
            }
            Duration time = Duration.ofNanos(System.nanoTime() - from);
            if (merged != rows) {
                throw new IllegalStateException("the naive recipe has merged " + merged + " of " + rows + " rows:\n"
                        + Files.readString(output));
            }
            return time;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static long count(Bench bench) throws SQLException {
        return Long.parseLong(
                String.valueOf(bench.query("SELECT COUNT(*) FROM " + TABLE).get(0)));
    }

    private static void tell(
            Report report, long rows, Duration naive, LoadFigures byCopy, LoadFigures byInsert, LoadFigures byService) {
        Table table = new Table(Column.text("way"), Column.number("wall s"), Column.number("rows/s"));
        add(table, "naive recipe", rows, naive);
        add(table, "caravan load, COPY", rows, byCopy.command());
        add(table, "caravan load, INSERT", rows, byInsert.command());
        add(table, "caravan run, COPY", rows, byService.command());
        report.say(table);
    }

    private static void add(Table table, String way, long rows, Duration time) {
        table.add(way, Report.seconds(time), rows * 1000 / time.toMillis());
    }
}
