package io.caravan.bench;

import static io.caravan.app.Table.Column.number;
import static io.caravan.app.Table.Column.text;

import io.caravan.app.Format;
import io.caravan.app.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Loads the same two objects by COPY, by INSERT and by hand, one after the other, and compares how long that takes. All three
 * end in the same PostgreSQL, and at the end must hold the same rows.
 */
public final class Comparison {

    /** One way of loading; its target table has its name. */
    private enum Way {
        BY_COPY("caravan load, COPY", Staging.COPY),
        BY_INSERT("caravan load, INSERT", Staging.INSERT),
        BY_HAND("by hand, psql", null);

        private final String title;
        private final @Nullable Staging staging;

        Way(String title, @Nullable Staging staging) {
            this.title = title;
            this.staging = staging;
        }

        String feed() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String table() {
            return "public.lineitem_" + name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path home;
    private final double scale;
    private final String version;
    private final Bench bench;
    private final List<Way> ways;
    private final StringBuilder report = new StringBuilder();

    private Comparison(Path home, double scale, String version, Bench bench) {
        this.home = home;
        this.scale = scale;
        this.version = version;
        this.bench = bench;
        this.ways = HandLoad.isPossible() ? List.of(Way.values()) : List.of(Way.BY_COPY, Way.BY_INSERT);
    }

    /** Takes the checkout, an empty directory to work in, the scale, and Caravan's version. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (Bench bench = new Bench(home, Path.of(arguments[1]))) {
            new Comparison(home, Double.parseDouble(arguments[2]), arguments[3], bench).run();
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        LineItems items = new LineItems(scale);
        Path first = bench.directory().resolve("first.csv");
        Path second = bench.directory().resolve("second.csv");
        long firstRows;
        long secondRows;
        try (OutputStream out = Files.newOutputStream(first)) {
            firstRows = items.writeFirst(out);
        }
        try (OutputStream out = Files.newOutputStream(second)) {
            secondRows = items.writeSecond(out);
        }
        for (Way way : ways) {
            bench.createTarget(way.table());
            bench.createFeed(way.feed(), "lineitem", way.table());
        }
        LocalDate today = LocalDate.now(Clock.systemUTC());
        say("TPC-H lineitem at scale " + scale + ", " + today + ": Caravan " + version);
        say(Machine.describe() + ", PostgreSQL "
                + bench.query("SHOW server_version").get(0));
        load("An empty table, an object of " + size(firstRows, first), first, firstRows);
        load("The same table, the object changed: " + size(secondRows, second), second, secondRows);
        checkThatAllHoldTheSame();
        Path result = home.resolve("bench/results/" + today + ".md");
        Files.createDirectories(result.getParent());
        Files.writeString(
                result, "Measured by `bench/run`, which `bench/README.md` explains.\n\n```\n" + report + "```\n");
        System.out.println("Written to " + home.relativize(result));
    }

    private void load(String title, Path csv, long rows) throws IOException, InterruptedException, SQLException {
        bench.s3().putObject(put -> put.bucket(Bench.BUCKET).key("lineitem.csv"), csv);
        Duration byHand = null;
        if (ways.contains(Way.BY_HAND)) {
            bench.settle(Way.BY_HAND.table());
            byHand = new HandLoad(bench).run(csv, Way.BY_HAND.table());
        }
        Table table = new Table(
                text("way"),
                number("command s"),
                number("rows/s"),
                number("to by hand"),
                number("load s"),
                number("rows/s"),
                number("to by hand"),
                number("reading s"),
                number("staging s"),
                number("merging s"),
                number("peak RSS"));
        List<String> counts = new ArrayList<>();
        for (Way way : ways) {
            if (way.staging != null) {
                bench.settle(way.table());
                LoadFigures load = new LoadProcess(home, bench).run(way.feed(), way.staging, "");
                counts.add(load.counts());
                table.add(
                        way.title,
                        seconds(load.command()),
                        rate(rows, load.command()),
                        ratio(byHand, load.command()),
                        seconds(load.load()),
                        rate(rows, load.load()),
                        ratio(byHand, load.load()),
                        seconds(load.reading()),
                        seconds(load.staging()),
                        seconds(load.merging()),
                        Machine.mebibytes(load.peakResidentBytes()));
            }
        }
        if (byHand != null) {
            table.add(
                    Way.BY_HAND.title,
                    seconds(byHand),
                    rate(rows, byHand),
                    ratio(byHand, byHand),
                    seconds(byHand),
                    rate(rows, byHand),
                    ratio(byHand, byHand),
                    null,
                    null,
                    null,
                    null);
        }
        say("");
        say(title);
        counts.stream().distinct().forEach(line -> say("(" + line + ")"));
        say("");
        say(Format.TEXT.render(table).stripTrailing());
    }

    private void checkThatAllHoldTheSame() throws SQLException {
        List<String> prints = new ArrayList<>();
        for (Way way : ways) {
            prints.add(bench.fingerprint(way.table()));
        }
        if (prints.stream().distinct().count() > 1) {
            throw new IllegalStateException("the tables of " + ways + " differ: " + prints);
        }
        say("");
        say("All tables hold the same rows: " + prints.get(0));
    }

    private void say(String line) {
        System.out.println(line);
        report.append(line).append('\n');
    }

    private static String size(long rows, Path csv) throws IOException {
        return String.format(Locale.ROOT, "%,d rows, %s", rows, Machine.mebibytes(Files.size(csv)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }

    private static long rate(long rows, Duration time) {
        return rows * 1000 / Math.max(1, time.toMillis());
    }

    /** Returns the rate as a multiple of that by hand, so less than 1 is slower; nothing if nobody has done it by hand. */
    private static @Nullable String ratio(@Nullable Duration byHand, Duration time) {
        return byHand == null
                ? null
                : String.format(Locale.ROOT, "%.2f", byHand.toMillis() / (double) Math.max(1, time.toMillis()));
    }
}
