package io.caravan.bench;

import io.caravan.app.Table;
import io.caravan.app.Table.Column;
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

    private static final String FEED = "snapshot";
    private static final String TABLE = "public.snapshot";
    private static final String TABLE_BY_HAND = "public.snapshot_by_hand";

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
        bench.createTarget(TABLE);
        bench.createTarget(TABLE_BY_HAND);
        bench.createFeed(FEED, FEED + "/", TABLE, parameters(bench, report));
        List<LoadFigures> loads = new ArrayList<>();
        Duration byHand = Duration.ZERO;
        for (boolean changed : List.of(false, true)) {
            Path csv = bench.directory().resolve("snapshot.csv");
            try (OutputStream out = Files.newOutputStream(csv)) {
                scale.lineItems().writeSnapshot(out, changed);
            }
            bench.put(FEED + "/lineitem.csv", csv);
            bench.settle(TABLE);
            loads.add(new LoadProcess(bench).run(FEED, Staging.COPY, ""));
            bench.settle(TABLE_BY_HAND);
            byHand = new HandLoad(bench).run(csv, TABLE_BY_HAND);
        }
        if (!bench.fingerprint(TABLE).equals(bench.fingerprint(TABLE_BY_HAND))) {
            throw new IllegalStateException(TABLE + " and " + TABLE_BY_HAND + " differ");
        }
        LoadFigures again = loads.get(1);
        tell(report, again, byHand);
        return List.of(
                Finding.atMost(GOAL, "command", Report.ratio(again.command(), byHand)),
                Finding.atMost(GOAL, "load", Report.ratio(again.load(), byHand)));
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

    private static void tell(Report report, LoadFigures load, Duration byHand) {
        report.say(load.counts());
        Table table = new Table(
                Column.text("way"),
                Column.number("command s"),
                Column.number("load s"),
                Column.number("reading s"),
                Column.number("staging s"),
                Column.number("merging s"));
        table.add(
                "caravan load, COPY",
                Report.seconds(load.command()),
                Report.seconds(load.load()),
                Report.seconds(load.reading()),
                Report.seconds(load.staging()),
                Report.seconds(load.merging()));
        table.add("by hand, psql", Report.seconds(byHand), Report.seconds(byHand), null, null, null);
        report.say(table);
    }
}
