package io.caravan.bench;

import static java.util.Objects.requireNonNull;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import io.caravan.bench.DataPath.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The way of the rows without the warehouse, from the object to the data files, over the limit: one plain loop that gets,
 * parses and compresses the same bytes, with the parser that is faster at it. S3 is another process than either.
 */
final class DataPathGoal implements Goal {

    private static final String KEY = "lineitem.csv";
    private static final String TABLE = "public.lineitem";

    /** Bytes of 3 million rows. */
    private static final long FULL_BYTES = 384L << 20;

    private static final double SCALE_OF_A_REPETITION = 0.05;

    private final Scale scale;

    DataPathGoal(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "data path without the warehouse over a plain loop";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        bench.createTarget(TABLE);
        long bytes = scale.of(FULL_BYTES);
        long rows;
        try (MultipartUpload object = new MultipartUpload(bench.s3(), Bench.BUCKET, KEY)) {
            rows = new LineItems(SCALE_OF_A_REPETITION).writeUntil(object, bytes);
        }
        Map<Way, Pass> passes = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            passes.put(way, pass(bench, way, rows));
        }
        tell(report, passes, rows, bytes);
        Pass ours = requireNonNull(passes.remove(Way.CARAVAN));
        return List.of(
                Finding.atMost(1.5, "CPU", over(ours, passes.values(), Pass::cpuNanos)),
                Finding.atMost(1.0, "wall", over(ours, passes.values(), Pass::wallNanos)));
    }

    private static double over(Pass ours, Collection<Pass> limits, ToLongFunction<Pass> figure) {
        return figure.applyAsLong(ours)
                / (double) limits.stream().mapToLong(figure).min().orElseThrow();
    }

    /** Returns the pass in the middle of those that a process of its own made when it was warm. */
    private static Pass pass(Bench bench, Way way, long rows) throws Exception {
        List<Pass> passes = new ArrayList<>();
        for (String line : new ChildJvm(bench).run(DataPath.class, way.name(), Bench.BUCKET, KEY, TABLE)) {
            passes.add(Pass.parse(line));
        }
        if (passes.stream().anyMatch(pass -> pass.rows() != rows)) {
            throw new IllegalStateException(way + " has seen other rows than " + rows + ": " + passes);
        }
        passes.sort(Comparator.comparingLong(Pass::wallNanos));
        return passes.get(passes.size() / 2);
    }

    private static void tell(Report report, Map<Way, Pass> passes, long rows, long bytes) {
        report.say(String.format(Locale.ROOT, "An object of %,d rows, %s", rows, Machine.mebibytes(bytes)));
        Table table = new Table(
                Column.text("way"), Column.number("wall s"), Column.number("CPU s"), Column.number("MiB/s of wall"));
        passes.forEach((way, pass) -> table.add(
                way.title(),
                String.format(Locale.ROOT, "%.2f", pass.wallNanos() / 1e9),
                String.format(Locale.ROOT, "%.2f", pass.cpuNanos() / 1e9),
                Math.round(bytes / (double) (1 << 20) / (pass.wallNanos() / 1e9))));
        report.say(table);
    }
}
