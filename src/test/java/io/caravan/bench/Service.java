package io.caravan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./caravan run}, which loads one object after the other and so gets warm. */
public final class Service implements AutoCloseable {

    private static final String HEAP = "512m";

    private static final long LOOK_MILLIS = 50;

    private final Bench bench;
    private final RunProcess process;

    /** Starts it with all feeds that there are. */
    Service(Bench bench) throws IOException {
        this.bench = bench;
        this.process = new RunProcess(bench, bench.sandbox().s3Endpoint(), HEAP, Map.of());
    }

    /**
     * Stores an object, and waits until all its rows are loaded.
     *
     * @param rows how many it has
     * @return what that took; the command's time is that from the object's being stored to its commit
     */
    LoadFigures load(String feed, String key, Path csv, long rows) throws Exception {
        RunHistory history = new RunHistory(bench, feed);
        bench.put(key, csv);
        long from = System.nanoTime();
        while (history.rowsRead() < rows) {
            process.requireAlive();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return history.figures(Duration.ofNanos(System.nanoTime() - from), 0);
    }

    @Override
    public void close() {
        process.close();
    }
}
