package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Loads from a store that answers late, and slowly over each connection, over the same from the store itself. */
final class DistantStore implements Goal {

    private static final double GOAL = 1.2;
    private static final long DELAY_MILLIS = 30;
    private static final double BYTES_PER_SECOND = 30e6;
    private static final long FULL_BYTES = 1_000_000_000;
    private static final int OBJECTS = 200;
    private static final double SCALE_OF_A_REPETITION = 0.01;

    private final Scale scale;

    DistantStore(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String title() {
        return "from a store 30 ms away that gives 30 MB/s a connection, over the store itself";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        List<Finding> findings = new ArrayList<>();
        Table table = new Table(
                Column.text("objects"),
                Column.text("store"),
                Column.number("command s"),
                Column.number("load s"),
                Column.number("reading s"),
                Column.number("peak MiB"));
        URI itself = URI.create(String.valueOf(bench.environment(Staging.COPY).get("AWS_ENDPOINT_URL_S3")));
        try (ThrottledStore distant = new ThrottledStore(itself, DELAY_MILLIS, BYTES_PER_SECOND)) {
            for (int objects : List.of(1, OBJECTS)) {
                long rows = store(bench, objects);
                LoadFigures near = load(bench, objects, rows, null);
                LoadFigures far = load(bench, objects, rows, distant.uri());
                add(table, objects, "near", near);
                add(table, objects, "distant", far);
                findings.add(Finding.atMost(GOAL, "load of " + objects, Report.ratio(far.load(), near.load())));
            }
        }
        report.say(table);
        return findings;
    }

    /** Stores the bytes as so many objects; returns how many rows they are, each of them of a key of its own. */
    private long store(Bench bench, int objects) throws IOException {
        long rows = 0;
        for (int i = 0; i < objects; i++) {
            String key = String.format(Locale.ROOT, "of-%d/%06d.csv", objects, i);
            try (MultipartUpload object = new MultipartUpload(bench.s3(), Bench.BUCKET, key)) {
                rows += new LineItems(SCALE_OF_A_REPETITION).writeUntil(object, scale.of(FULL_BYTES) / objects);
            }
        }
        return rows;
    }

    private static LoadFigures load(Bench bench, int objects, long rows, @Nullable URI store) throws Exception {
        String feed = (store == null ? "near" : "distant") + objects;
        String target = "public." + feed;
        bench.createTarget(target);
        bench.createAppendingFeed(feed, "of-" + objects + "/", target);
        bench.settle(target);
        LoadFigures load = new LoadProcess(bench, store).run(feed, Staging.COPY, "");
        if (load.inserted() != rows) {
            throw new IllegalStateException("of " + rows + " rows, " + target + " has " + load.counts());
        }
        bench.execute("TRUNCATE " + target);
        return load;
    }

    private static void add(Table table, int objects, String store, LoadFigures load) {
        table.add(
                objects,
                store,
                Report.seconds(load.command()),
                Report.seconds(load.load()),
                Report.seconds(load.reading()),
                load.peakResidentBytes() >> 20);
    }
}
