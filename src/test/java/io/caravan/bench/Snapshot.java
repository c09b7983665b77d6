package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A full snapshot that is loaded again with one row in a thousand changed, over the same by hand. */
final class Snapshot implements Goal {

    private static final double GOAL = 0.35;

    private static final String BY_COMMAND = "snapshot";
    private static final String BY_SERVICE = "snapshot-by-service";
    private static final String WARM_UP = "snapshot-warm-up";
    private static final String TABLE_BY_HAND = "public.snapshot_by_hand";

    /** A snapshot, and how many rows it has. */
    private record Content(Path csv, long rows) {}

    private final Scale scale;

    Snapshot(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "a snapshot again with 0.1 % changed rows over psql by hand";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        HandLoad.requirePsql();
        List<Content> snapshots = snapshots(bench.directory());
        Map<String, String> parameters = parameters(bench, report);
        LoadFigures byCommand = byCommand(bench, snapshots, parameters);
        LoadFigures byService = byService(bench, snapshots, parameters);
        Duration byHand = byHand(bench, snapshots);
        for (String feed : List.of(BY_COMMAND, BY_SERVICE)) {
            if (!bench.fingerprint(table(feed)).equals(bench.fingerprint(TABLE_BY_HAND))) {
                throw new IllegalStateException(table(feed) + " and " + TABLE_BY_HAND + " differ");
            }
        }
        tell(report, byCommand, byService, byHand);
        return List.of(
                Finding.atMost(GOAL, "command", Report.ratio(byCommand.command(), byHand)),
                Finding.atMost(GOAL, "load", Report.ratio(byCommand.load(), byHand)),
                Finding.atMost(GOAL, "load by a warm service", Report.ratio(byService.load(), byHand)));
    }

    private List<Content> snapshots(Path directory) throws IOException {
        List<Content> snapshots = new ArrayList<>();
        for (boolean changed : List.of(false, true)) {
            Path csv = directory.resolve("snapshot-" + snapshots.size() + ".csv");
            try (OutputStream out = Files.newOutputStream(csv)) {
                snapshots.add(new Content(csv, scale.lineItems().writeSnapshot(out, changed)));
            }
        }
        return snapshots;
    }

    private static LoadFigures byCommand(Bench bench, List<Content> snapshots, Map<String, String> parameters)
            throws Exception {
        bench.createTarget(table(BY_COMMAND));
        bench.createFeed(BY_COMMAND, BY_COMMAND + "/", table(BY_COMMAND), parameters);
        List<LoadFigures> loads = new ArrayList<>();
        for (Content snapshot : snapshots) {
            bench.put(BY_COMMAND + "/lineitem.csv", snapshot.csv);
            bench.settle(table(BY_COMMAND));
            loads.add(new LoadProcess(bench).run(BY_COMMAND, Staging.COPY, ""));
        }
        return loads.get(1);
    }

    /** Lets a service load both snapshots into another table first. */
    private static LoadFigures byService(Bench bench, List<Content> snapshots, Map<String, String> parameters)
            throws Exception {
        Map<String, String> polling = new TreeMap<>(parameters);
        polling.put("pollDelay", "100");
        for (String feed : List.of(WARM_UP, BY_SERVICE)) {
            bench.createTarget(table(feed));
            bench.createFeed(feed, feed + "/", table(feed), polling);
        }
        List<LoadFigures> loads = new ArrayList<>();
        try (Service service = new Service(bench)) {
            for (String feed : List.of(WARM_UP, BY_SERVICE)) {
                for (Content snapshot : snapshots) {
                    bench.settle(table(feed));
                    loads.add(service.load(feed, feed + "/lineitem.csv", snapshot.csv, snapshot.rows));
                }
            }
        }
        return loads.get(loads.size() - 1);
    }

    private static Duration byHand(Bench bench, List<Content> snapshots) throws Exception {
        bench.createTarget(TABLE_BY_HAND);
        Duration last = Duration.ZERO;
        for (Content snapshot : snapshots) {
            bench.settle(TABLE_BY_HAND);
            last = new HandLoad(bench).run(snapshot.csv, TABLE_BY_HAND);
        }
        return last;
    }

    private static String table(String feed) {
        return "public." + feed.replace('-', '_');
    }

    /** Says that the feed's objects are snapshots, where the template knows that. */
    private static Map<String, String> parameters(Bench bench, Report report) throws IOException {
        Map<String, String> parameters = new TreeMap<>(Map.of("keys", String.join(",", LineItems.KEYS)));
        if (Files.readString(bench.home().resolve("routes/s3-csv-to-redshift.camel.yaml"))
                .contains("name: rememberRows")) {
            parameters.put("rememberRows", "true");
        }
        report.say("Parameters of the feed: " + parameters);
        return parameters;
    }

    private static void tell(Report report, LoadFigures byCommand, LoadFigures byService, Duration byHand) {
        report.say(byCommand.counts());
        Table table = new Table(
                Column.text("way"),
                Column.number("command s"),
                Column.number("load s"),
                Column.number("reading s"),
                Column.number("staging s"),
                Column.number("merging s"));
        add(table, "caravan load, COPY", byCommand);
        add(table, "caravan run, COPY", byService);
        table.add("by hand, psql", Report.seconds(byHand), Report.seconds(byHand), null, null, null);
        report.say(table);
    }

    private static void add(Table table, String way, LoadFigures load) {
        table.add(
                way,
                Report.seconds(load.command()),
                Report.seconds(load.load()),
                Report.seconds(load.reading()),
                Report.seconds(load.staging()),
                Report.seconds(load.merging()));
    }
}
