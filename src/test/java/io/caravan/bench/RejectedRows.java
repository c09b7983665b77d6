package io.caravan.bench;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/** Loads objects of which few, half or all rows are rejected, to see what a rejected row costs beside a good one. */
public final class RejectedRows {

    /** What a good row's date stands in the place of. */
    private static final String BAD = "not a date";

    private static final String COLUMNS =
            " (id BIGINT NOT NULL, day DATE, name VARCHAR(60), amount DECIMAL(12, 2), note VARCHAR(60))";

    /**
     * A kind of object.
     *
     * @param everyGood every how many rows one is good; 0 for none
     */
    private record Kind(String name, long everyGood) {}

    private final Bench bench;
    private final long rows;
    private final String heap;

    private RejectedRows(Bench bench, long rows, String heap) {
        this.bench = bench;
        this.rows = rows;
        this.heap = heap;
    }

    /** Takes the checkout, an empty directory to work in, the rows of an object, and the heap as {@code -Xmx} has it. */
    public static void main(String[] arguments) throws Exception {
        try (Bench bench = new Bench(Path.of(arguments[0]), Path.of(arguments[1]))) {
            new RejectedRows(bench, Long.parseLong(arguments[2]), arguments[3]).run();
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        System.out.println(LocalDate.now(Clock.systemUTC()) + ", " + Machine.describe());
        System.out.println(String.format(Locale.ROOT, "Objects of %,d rows, with -Xmx%s", rows, heap));
        System.out.println();
        Table table = new Table(
                text("staging"),
                text("rejected"),
                number("command s"),
                number("to none"),
                number("reading s"),
                number("staging s"),
                number("merging s"),
                number("peak RSS"),
                number("peak heap after GC"));
        for (Staging staging : Staging.values()) {
            // What is rejected as a whole keeps no more than its first dead letters: hence one that is all but one.
            long none = add(table, staging, new Kind("none", 1), 0);
            add(table, staging, new Kind("half", 2), none);
            add(table, staging, new Kind("all but one", rows), none);
            add(table, staging, new Kind("all", 0), none);
        }
        System.out.print(Format.TEXT.render(table));
    }

    /** Returns how many milliseconds the command took: the run history is written before the dead letters are. */
    private long add(Table table, Staging staging, Kind kind, long none)
            throws IOException, InterruptedException, SQLException {
        String feed =
                (kind.name + "-by-" + staging.name()).toLowerCase(Locale.ROOT).replace(' ', '-');
        String target = "public." + feed.replace('-', '_');
        long good = store(feed + "/object.csv", kind);
        bench.createTable("CREATE TABLE " + target + COLUMNS);
        bench.createFeed(feed, feed + "/", target, Map.of("keys", "id", "maxRejectedRows", Long.toString(rows)));
        bench.settle(target);
        Path garbage = bench.directory().resolve(feed + ".gc.log");
        LoadProcess process = new LoadProcess(bench);
        LoadFigures load = good == rows
                ? process.run(feed, staging, javaOptions(garbage))
                : process.runRejecting(feed, staging, javaOptions(garbage));
        check(feed, load, good, kind);
        long millis = load.command().toMillis();
        table.add(
                staging.name(),
                kind.name,
                seconds(millis),
                String.format(Locale.ROOT, "%.2f", none == 0 ? 1.0 : millis / (double) none),
                seconds(load.reading().toMillis()),
                seconds(load.staging().toMillis()),
                seconds(load.merging().toMillis()),
                Machine.mebibytes(load.peakResidentBytes()),
                new GarbageLog(garbage).peakAfterMebibytes() + " MiB");
        bench.execute("TRUNCATE " + target);
        bench.execute("TRUNCATE caravan.dead_letters");
        return millis;
    }

    private String javaOptions(Path garbage) {
        return "-Xmx" + heap + " -Xlog:gc:file=" + garbage;
    }

    /** Returns how many rows of it are good. */
    private long store(String key, Kind kind) throws IOException {
        long good = 0;
        try (Writer object =
                new BufferedWriter(new OutputStreamWriter(new MultipartUpload(bench.s3(), Bench.BUCKET, key), UTF_8))) {
            object.write("id,day,name,amount,note\n");
            for (long i = 0; i < rows; i++) {
                boolean isGood = kind.everyGood > 0 && i % kind.everyGood == 0;
                good += isGood ? 1 : 0;
                object.write(i + "," + (isGood ? "2026-01-02" : BAD) + ",the name of row " + i
                        + ",12.34,\"a note, quoted\"\n");
            }
        }
        return good;
    }

    private void check(String feed, LoadFigures load, long good, Kind kind) throws SQLException {
        long letters = Long.parseLong(String.valueOf(
                bench.query("SELECT COUNT(*) FROM caravan.dead_letters").get(0)));
        long expected = kind.everyGood == 0 ? 100 : rows - good;
        if (load.read() != rows || load.inserted() != good || letters != expected) {
            throw new IllegalStateException(feed + " has " + letters + " dead letters, not " + expected + "; " + load);
        }
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }
}
