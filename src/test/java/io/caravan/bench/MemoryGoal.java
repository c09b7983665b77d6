package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import java.util.List;

/** The memory that an object needs, over that of one of a tenth of its size. */
final class MemoryGoal implements Goal {

    private static final double GOAL = 1.1;
    private static final String HEAP = "256m";

    /** Bytes of the larger object. */
    private static final long FULL_BYTES = 4L << 30;

    private static final int TIMES = 10;

    private final Scale scale;

    MemoryGoal(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "memory for an object ten times as large, -Xmx" + HEAP;
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        long bytes = scale.of(FULL_BYTES);
        Table table = new Table(
                Column.number("object"),
                Column.number("load s"),
                Column.number("peak RSS"),
                Column.number("peak heap after GC"),
                Column.number("collections"));
        LargeObject.Use small = use(bench, "small", bytes / TIMES, table);
        LargeObject.Use large = use(bench, "large", bytes, table);
        report.say(table);
        return List.of(
                Finding.atMost(
                        GOAL,
                        "peak heap after GC",
                        large.garbage().peakAfterMebibytes()
                                / (double) small.garbage().peakAfterMebibytes()),
                Finding.atMost(
                        GOAL,
                        "peak RSS",
                        large.load().peakResidentBytes() / (double) small.load().peakResidentBytes()));
    }

    private static LargeObject.Use use(Bench bench, String feed, long bytes, Table table) throws Exception {
        LargeObject object = new LargeObject(bench, HEAP);
        long rows = object.store(feed + "/lineitem.csv", bytes);
        LargeObject.Use use = object.load(feed, feed + "/", Staging.COPY, rows);
        table.add(
                Machine.mebibytes(bytes),
                Report.seconds(use.load().load()),
                Machine.mebibytes(use.load().peakResidentBytes()),
                use.garbage().peakAfterMebibytes() + " MiB",
                use.garbage().pauses());
        return use;
    }
}
