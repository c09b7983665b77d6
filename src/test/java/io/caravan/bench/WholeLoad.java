package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Loads the same two objects by COPY, by INSERT, by a service that is warm, and by hand, one after the other, and compares how
 * long that takes: the first object into an empty table, the second, in which a tenth of the rows is other, into the full one.
 * All end in the same PostgreSQL, and at the end must hold the same rows.
 */
final class WholeLoad implements Goal {

    private static final double GOAL = 1.3;

    /** One way of loading; its target table has its name. */
    private enum Way {
        BY_COPY("caravan load, COPY"),
        BY_INSERT("caravan load, INSERT"),
        BY_SERVICE("caravan run, COPY"),
        BY_HAND("by hand, psql");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String feed() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String table() {
            return "public.lineitem_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An object to load.
     *
     * @param target what is in the table before it
     */
    private record Content(String target, Path csv, long rows) {}

    private final Scale scale;

    WholeLoad(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "whole load over psql by hand";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        HandLoad.requirePsql();
        for (Way way : Way.values()) {
            bench.createTarget(way.table());
        }
        List<Content> contents = contents(bench.directory());
        Map<Way, List<LoadFigures>> figures = new EnumMap<>(Way.class);
        figures.put(Way.BY_COPY, byCommand(bench, Way.BY_COPY, Staging.COPY, contents));
        figures.put(Way.BY_INSERT, byCommand(bench, Way.BY_INSERT, Staging.INSERT, contents));
        figures.put(Way.BY_SERVICE, byService(bench, contents));
        List<Duration> byHand = new ArrayList<>();
        for (Content content : contents) {
            bench.settle(Way.BY_HAND.table());
            byHand.add(new HandLoad(bench).run(content.csv, Way.BY_HAND.table()));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            findings.addAll(tell(report, contents.get(i), figures, i, byHand.get(i)));
        }
        report.say("");
        report.say("All tables hold the same rows: " + checkThatAllHoldTheSame(bench));
        return findings;
    }

    private List<Content> contents(Path directory) throws IOException {
        LineItems items = scale.lineItems();
        Path first = directory.resolve("first.csv");
        Path second = directory.resolve("second.csv");
        try (OutputStream firstOut = Files.newOutputStream(first);
                OutputStream secondOut = Files.newOutputStream(second)) {
            return List.of(
                    new Content("empty", first, items.writeFirst(firstOut)),
                    new Content("full", second, items.writeSecond(secondOut)));
        }
    }

    private static List<LoadFigures> byCommand(Bench bench, Way way, Staging staging, List<Content> contents)
            throws IOException, InterruptedException, SQLException {
        bench.createFeed(way.feed(), way.feed() + "/", way.table());
        List<LoadFigures> figures = new ArrayList<>();
        for (Content content : contents) {
            bench.put(way.feed() + "/lineitem.csv", content.csv);
            bench.settle(way.table());
            figures.add(new LoadProcess(bench).run(way.feed(), staging, ""));
        }
        return figures;
    }

    /** Lets a service load both objects into another table first. */
    private static List<LoadFigures> byService(Bench bench, List<Content> contents) throws Exception {
        String warmUp = "public.lineitem_warm_up";
        bench.createTarget(warmUp);
        bench.createPollingFeed("warm-up", "warm-up/", warmUp);
        bench.createPollingFeed(Way.BY_SERVICE.feed(), Way.BY_SERVICE.feed() + "/", Way.BY_SERVICE.table());
        List<LoadFigures> figures = new ArrayList<>();
        try (Service service = new Service(bench)) {
            for (Content content : contents) {
                service.load("warm-up", "warm-up/lineitem.csv", content.csv, content.rows);
            }
            for (Content content : contents) {
                bench.settle(Way.BY_SERVICE.table());
                figures.add(service.load(
                        Way.BY_SERVICE.feed(), Way.BY_SERVICE.feed() + "/lineitem.csv", content.csv, content.rows));
            }
        }
        return figures;
    }

    private static List<Finding> tell(
            Report report, Content content, Map<Way, List<LoadFigures>> figures, int index, Duration byHand)
            throws IOException {
        Table table = new Table(
                Column.text("way"),
                Column.number("command s"),
                Column.number("to by hand"),
                Column.number("load s"),
                Column.number("to by hand"),
                Column.number("rows/s"),
                Column.number("reading s"),
                Column.number("staging s"),
                Column.number("merging s"),
                Column.number("peak RSS"));
        List<String> counts = new ArrayList<>();
        figures.forEach((way, loads) -> {
            LoadFigures load = loads.get(index);
            counts.add(load.counts());
            table.add(
                    way.title,
                    Report.seconds(load.command()),
                    ratio(load.command(), byHand),
                    Report.seconds(load.load()),
                    ratio(load.load(), byHand),
                    rate(content.rows, load.load()),
                    Report.seconds(load.reading()),
                    Report.seconds(load.staging()),
                    Report.seconds(load.merging()),
                    load.peakResidentBytes() == 0 ? null : Machine.mebibytes(load.peakResidentBytes()));
        });
        String time = Report.seconds(byHand);
        table.add(Way.BY_HAND.title, time, "1.00", time, "1.00", rate(content.rows, byHand), null, null, null, null);
        report.say("");
        report.say(String.format(
                Locale.ROOT,
                "The table is %s, the object has %,d rows, %s",
                content.target,
                content.rows,
                Machine.mebibytes(Files.size(content.csv))));
        counts.stream().distinct().forEach(line -> report.say("(" + line + ")"));
        report.say(table);
        LoadFigures command = load(figures, Way.BY_COPY, index);
        return List.of(
                Finding.atMost(GOAL, content.target + " target, command", Report.ratio(command.command(), byHand)),
                Finding.atMost(GOAL, content.target + " target, load", Report.ratio(command.load(), byHand)),
                Finding.atMost(
                        GOAL,
                        content.target + " target, load by a warm service",
                        Report.ratio(load(figures, Way.BY_SERVICE, index).load(), byHand)));
    }

    private static LoadFigures load(Map<Way, List<LoadFigures>> figures, Way way, int index) {
        return figures.getOrDefault(way, List.of()).get(index);
    }

    private static String checkThatAllHoldTheSame(Bench bench) throws SQLException {
        List<String> prints = new ArrayList<>();
        for (Way way : Way.values()) {
            prints.add(bench.fingerprint(way.table()));
        }
        if (prints.stream().distinct().count() > 1) {
            throw new IllegalStateException("the tables of " + List.of(Way.values()) + " differ: " + prints);
        }
        return prints.get(0);
    }

    private static String ratio(Duration time, Duration byHand) {
        return String.format(Locale.ROOT, "%.2f", Report.ratio(time, byHand));
    }

    private static long rate(long rows, Duration time) {
        return rows * 1000 / Math.max(1, time.toMillis());
    }
}
