package io.caravan.app.state;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process leaves to those that start after it.
 *
 * @param pid its number; in a container all have the same
 * @param started when it began
 * @param errorLogs where its JVM may have written a fatal error log
 * @param deaths how often processes have ended by themselves while an object was being loaded, of those objects for which that
 *     is not settled
 * @param loading what it was loading
 */
record ProcessRecord(
        long pid, Instant started, List<Path> errorLogs, Map<TriedObject, Integer> deaths, List<TriedObject> loading) {

    private static final String PID = "pid";
    private static final String STARTED = "started";
    private static final String ERROR_LOG = "log";
    private static final String DEATHS = "deaths";
    private static final String LOADING = "loading";

    /** Stands behind the last line: what is behind it is left of an earlier, longer text. */
    private static final String END = "end";

    ProcessRecord {
        errorLogs = List.copyOf(errorLogs);
        deaths = Map.copyOf(deaths);
        loading = List.copyOf(loading);
    }

    /** Returns that of this process, which loads nothing yet. */
    static ProcessRecord ofThisProcess() {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        List<Path> logs = FatalErrorLog.paths(
                runtime.getInputArguments(),
                runtime.getPid(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("java.io.tmpdir")));
        return new ProcessRecord(
                runtime.getPid(), Instant.ofEpochMilli(runtime.getStartTime()), logs, Map.of(), List.of());
    }

    ProcessRecord with(Map<TriedObject, Integer> newDeaths, List<TriedObject> newLoading) {
        return new ProcessRecord(pid, started, errorLogs, newDeaths, newLoading);
    }

    /**
     * Returns how often processes have ended while each object was being loaded, this one among them.
     *
     * @param hasDied whether this one has ended by itself
     */
    Map<TriedObject, Integer> deathsAfter(boolean hasDied) {
        Map<TriedObject, Integer> all = new HashMap<>(deaths);
        if (hasDied) {
            loading.stream().distinct().forEach(object -> all.merge(object, 1, Integer::sum));
        }
        return all;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, PID, Long.toString(pid));
        line(text, STARTED, started.toString());
        errorLogs.forEach(log -> line(text, ERROR_LOG, log.toString()));
        deaths.forEach((object, count) -> line(text, DEATHS, count + " " + object.words()));
        loading.forEach(object -> line(text, LOADING, object.words()));
        return text.append(END).append('\n').toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    /** Reads a text; empty if it is none, or not whole. */
    static Optional<ProcessRecord> parse(String text) {
        long pid = 0;
        Instant started = Instant.MAX;
        List<Path> errorLogs = new ArrayList<>();
        Map<TriedObject, Integer> deaths = new HashMap<>();
        List<TriedObject> loading = new ArrayList<>();
        try {
            for (String line : text.lines().toList()) {
                if (line.equals(END)) {
                    return Optional.of(new ProcessRecord(pid, started, errorLogs, deaths, loading));
                }
                List<String> words = List.of(line.split(" ", -1));
                String value = line.substring(words.get(0).length() + 1);
                switch (words.get(0)) {
                    case PID -> pid = Long.parseLong(value);
                    case STARTED -> started = Instant.parse(value);
                    case ERROR_LOG -> errorLogs.add(Path.of(value));
                    case DEATHS ->
                        deaths.put(TriedObject.parse(words.subList(2, words.size())), Integer.valueOf(words.get(1)));
                    case LOADING -> loading.add(TriedObject.parse(words.subList(1, words.size())));
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        } catch (RuntimeException e) {
            // Whatever it is, it is no such text.
        }
        return Optional.empty();
    }
}
