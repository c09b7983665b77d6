package io.caravan.bench;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/** Loads one large object with a small heap. The rows must all arrive, and the process must not run out of memory. */
public final class LargeObject {

    private static final double SCALE_OF_A_REPETITION = 0.01;

    /** What a load has used. */
    record Use(LoadFigures load, GarbageLog garbage) {}

    private final Bench bench;
    private final String heap;

    LargeObject(Bench bench, String heap) {
        this.bench = bench;
        this.heap = heap;
    }

    /** Takes the checkout, an empty directory to work in, the object's size in MiB, and the heap's as {@code -Xmx} has it. */
    public static void main(String[] arguments) throws Exception {
        try (Bench bench = new Bench(Path.of(arguments[0]), Path.of(arguments[1]))) {
            new LargeObject(bench, arguments[3]).run(Long.parseLong(arguments[2]) << 20);
        }
    }

    private void run(long bytes) throws IOException, InterruptedException, SQLException {
        long rows = store("large.csv", bytes);
        System.out.println(LocalDate.now(Clock.systemUTC()) + ", " + Machine.describe());
        System.out.println("An object of " + Machine.mebibytes(bytes) + ", " + String.format(Locale.ROOT, "%,d", rows)
                + " rows, with -Xmx" + heap);
        System.out.println();
        Table table = new Table(
                text("staging"),
                number("load s"),
                number("rows/s"),
                number("peak RSS"),
                number("peak heap after GC"),
                number("peak heap before GC"),
                number("collections"));
        for (Staging staging : Staging.values()) {
            add(table, staging, rows);
        }
        System.out.print(Format.TEXT.render(table));
    }

    /** Stores an object of line items, and returns how many rows it has. */
    long store(String key, long bytes) throws IOException {
        try (MultipartUpload object = new MultipartUpload(bench.s3(), Bench.BUCKET, key)) {
            return new LineItems(SCALE_OF_A_REPETITION).writeUntil(object, bytes);
        }
    }

    private void add(Table table, Staging staging, long rows) throws IOException, InterruptedException, SQLException {
        Use use = load("large-by-" + staging.name().toLowerCase(Locale.ROOT), "large", staging, rows);
        LoadFigures load = use.load();
        GarbageLog log = use.garbage();
        table.add(
                staging.name(),
                String.format(Locale.ROOT, "%.1f", load.load().toMillis() / 1000.0),
                rows * 1000 / load.load().toMillis(),
                Machine.mebibytes(load.peakResidentBytes()),
                log.peakAfterMebibytes() + " MiB",
                log.peakBeforeMebibytes() + " MiB",
                log.pauses());
    }

    /** Loads what begins with the prefix into a table of its own, and empties that. */
    Use load(String feed, String prefix, Staging staging, long rows)
            throws IOException, InterruptedException, SQLException {
        String target = "public." + feed.replace('-', '_');
        bench.createTarget(target);
        bench.createFeed(feed, prefix, target);
        bench.settle(target);
        Path garbage = bench.directory().resolve(feed + ".gc.log");
        LoadFigures load = new LoadProcess(bench).run(feed, staging, "-Xmx" + heap + " -Xlog:gc:file=" + garbage);
        long inserted = Long.parseLong(
                String.valueOf(bench.query("SELECT COUNT(*) FROM " + target).get(0)));
        if (load.read() != rows || load.inserted() != rows || inserted != rows) {
            throw new IllegalStateException("of " + rows + " rows, " + target + " has " + inserted + "; " + load);
        }
        bench.execute("TRUNCATE " + target);
        return new Use(load, new GarbageLog(garbage));
    }
}
