package io.caravan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs {@code ./caravan load}, the real command, in a process of its own. */
final class LoadProcess {

    private static final long WATCH_MILLIS = 50;

    private static final int DONE = 0;
    private static final int REJECTED = 3;

    private final Bench bench;
    private final @Nullable URI store;

    LoadProcess(Bench bench) {
        this(bench, null);
    }

    /**
     * Loads from a store.
     *
     * @param store null for that of the sandbox
     */
    LoadProcess(Bench bench, @Nullable URI store) {
        this.bench = bench;
        this.store = store;
    }

    /**
     * Loads all that is new for a feed.
     *
     * @param javaOptions for the JVM
     * @throws IllegalStateException if the load failed or rejected anything
     */
    LoadFigures run(String feed, Staging staging, String javaOptions)
            throws IOException, InterruptedException, SQLException {
        return run(feed, staging, javaOptions, DONE);
    }

    /**
     * Loads all that is new for a feed, of which rows or objects are rejected.
     *
     * @throws IllegalStateException if the load failed or rejected nothing
     */
    LoadFigures runRejecting(String feed, Staging staging, String javaOptions)
            throws IOException, InterruptedException, SQLException {
        return run(feed, staging, javaOptions, REJECTED);
    }

    private LoadFigures run(String feed, Staging staging, String javaOptions, int exitCode)
            throws IOException, InterruptedException, SQLException {
        Path output = bench.directory().resolve("load.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        bench.home().resolve("caravan").toString(), "load", "--feed", feed)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        builder.environment().putAll(bench.environment(staging));
        if (store != null) {
            builder.environment().put("AWS_ENDPOINT_URL_S3", store.toString());
        }
        builder.environment().put("JAVA_OPTS", javaOptions);
        RunHistory history = new RunHistory(bench, feed);
        long from = System.nanoTime();
        Process process = builder.start();
        long peakBytes = 0;
        while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
            peakBytes = Math.max(peakBytes, peakResidentBytes(process.pid()));
        }
        Duration command = Duration.ofNanos(System.nanoTime() - from);
        if (process.exitValue() != exitCode) {
            throw new IllegalStateException("caravan load ended with " + process.exitValue() + ":\n"
                    + Files.readString(output).strip());
        }
        return history.figures(command, peakBytes);
    }

    /** The launcher becomes the JVM, so the process is the JVM; 0 where the system does not say. */
    private static long peakResidentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
