package io.caravan.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ./caravan run}, the real service, in a process of its own; told to stop when closed. */
final class RunProcess implements AutoCloseable {

    private static final long GRACE_SECONDS = 60;
    private static final long POLL_MILLIS = 100;
    private static final Pattern HTTP_PORT = Pattern.compile("Health and metrics: .* on port (\\d+) of ");

    private final Path garbage;
    private final Path output;
    private final Process process;

    /**
     * Starts it.
     *
     * @param s3 where it finds S3
     * @param heap as {@code -Xmx} has it
     * @param settings as environment variables, beside those that it needs
     */
    RunProcess(Bench bench, URI s3, String heap, Map<String, String> settings) throws IOException {
        this.garbage = bench.directory().resolve("run.gc.log");
        this.output = bench.directory().resolve("run.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        bench.home().resolve("caravan").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        environment.putAll(bench.environment(Staging.COPY));
        environment.putAll(settings);
        environment.put("AWS_ENDPOINT_URL_S3", s3.toString());
        environment.put("CARAVAN_HTTP_PORT", "0");
        environment.put("JAVA_OPTS", "-Xmx" + heap + " -Xlog:gc:file=" + garbage);
        this.process = builder.start();
    }

    /** Throws if it has ended, with what it said. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("caravan run has ended:\n" + Files.readString(output));
        }
    }

    /** Collects all garbage, and returns how many MiB are left in the heap. */
    long heapAfterCollection() throws IOException, InterruptedException {
        requireAlive();
        Process collection = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (collection.waitFor() != 0) {
            throw new IllegalStateException("jcmd ended with " + collection.exitValue());
        }
        return new GarbageLog(garbage).lastAfterMebibytes();
    }

    /** Returns the port of its health and metrics, once it has one. */
    int awaitHttpPort() throws IOException, InterruptedException {
        while (true) {
            requireAlive();
            Matcher port = HTTP_PORT.matcher(Files.readString(output));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Returns whether a warning of the log has the text. */
    boolean says(String text) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.anyMatch(line -> line.contains("WARN") && line.contains(text));
        }
    }

    /** Returns how often the log says that a load is tried again. */
    long retries() throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.contains(" failed, the next is in "))
                    .count();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
