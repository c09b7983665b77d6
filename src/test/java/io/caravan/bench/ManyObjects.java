package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.sync.RequestBody;

/** Objects of 100 rows over one object of the same rows. */
final class ManyObjects implements Goal {

    private static final double GOAL = 3;
    private static final long FULL_OBJECTS = 2_000;
    private static final int ROWS_PER_OBJECT = 100;

    private final Scale scale;

    ManyObjects(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String title() {
        return "many objects of 100 rows over one of the same rows";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        Path csv = bench.directory().resolve("lineitem.csv");
        try (OutputStream out = Files.newOutputStream(csv)) {
            scale.lineItems().writeSnapshot(out, false);
        }
        long objects = scale.of(FULL_OBJECTS);
        Path one = bench.directory().resolve("one.csv");
        put(bench, csv, objects, one);
        bench.put("one/lineitem.csv", one);
        LoadFigures ofOne = load(bench, "one", objects);
        LoadFigures ofMany = load(bench, "many", objects);
        if (!bench.fingerprint("public.one").equals(bench.fingerprint("public.many"))) {
            throw new IllegalStateException("one object and many have left different rows");
        }
        tell(report, objects, ofMany, ofOne);
        return List.of(
                Finding.atMost(GOAL, "command", Report.ratio(ofMany.command(), ofOne.command())),
                Finding.atMost(GOAL, "load", Report.ratio(ofMany.load(), ofOne.load())));
    }

    /** Cuts the first rows of a file into objects, and writes the same rows into one file. */
    private static void put(Bench bench, Path csv, long objects, Path one) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(csv)) {
            String header = lines.readLine() + "\n";
            StringBuilder all = new StringBuilder(header);
            for (int object = 0; object < objects; object++) {
                StringBuilder rows = new StringBuilder();
                for (int row = 0; row < ROWS_PER_OBJECT; row++) {
                    rows.append(lines.readLine()).append('\n');
                }
                String key = String.format(Locale.ROOT, "many/%06d.csv", object);
                bench.s3().putObject(put -> put.bucket(Bench.BUCKET).key(key), RequestBody.fromString(header + rows));
                all.append(rows);
            }
            Files.writeString(one, all);
        }
    }

    private static LoadFigures load(Bench bench, String feed, long objects) throws Exception {
        String target = "public." + feed;
        bench.createTarget(target);
        bench.createFeed(feed, feed + "/", target);
        bench.settle(target);
        LoadFigures load = new LoadProcess(bench).run(feed, Staging.COPY, "");
        if (load.inserted() != objects * ROWS_PER_OBJECT) {
            throw new IllegalStateException("of " + objects + " objects, " + target + " has " + load.counts());
        }
        return load;
    }

    private static void tell(Report report, long objects, LoadFigures ofMany, LoadFigures ofOne) {
        Table table = new Table(
                Column.number("objects"),
                Column.number("rows"),
                Column.number("command s"),
                Column.number("load s"),
                Column.number("reading s"),
                Column.number("staging s"),
                Column.number("merging s"));
        add(table, objects, ofMany);
        add(table, 1, ofOne);
        report.say(table);
    }

    private static void add(Table table, long objects, LoadFigures load) {
        table.add(
                objects,
                load.read(),
                Report.seconds(load.command()),
                Report.seconds(load.load()),
                Report.seconds(load.reading()),
                Report.seconds(load.staging()),
                Report.seconds(load.merging()));
    }
}
