package io.caravan.bench;

import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures in a process of its own, with a JVM that has done nothing else, and S3 and the warehouse on the other side. */
final class ChildJvm {

    /** What begins the lines that are for the parent; anything else is a log. */
    private static final String MARK = "measured ";

    /** As {@code ./caravan} has it. */
    private static final List<String> COLLECTOR = List.of("-XX:+UseSerialGC");

    private final Bench bench;

    ChildJvm(Bench bench) {
        this.bench = bench;
    }

    /** Tells the parent; what a child does. */
    static void tell(String line) {
        System.out.println(MARK + line);
    }

    /** Returns the warehouse that the variables name; for a child. */
    static RedshiftWarehouse warehouse() {
        return new RedshiftWarehouse(
                new ConnectionSettings(
                        System.getenv("CARAVAN_WAREHOUSE_URL"),
                        System.getenv("CARAVAN_WAREHOUSE_USER"),
                        System.getenv("CARAVAN_WAREHOUSE_PASSWORD"),
                        1,
                        null),
                false);
    }

    /**
     * Runs a class to its end.
     *
     * @return the lines that it told
     */
    List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path output = bench.directory().resolve(main.getSimpleName() + ".txt");
        Process process = start(output, COLLECTOR, main.getName(), arguments);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    main.getSimpleName() + " ended with " + process.exitValue() + ":\n" + Files.readString(output));
        }
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith(MARK))
                    .map(line -> line.substring(MARK.length()))
                    .toList();
        }
    }

    /**
     * Starts a class, with the variables that Caravan needs.
     *
     * @param output gets what it prints
     * @param options for the JVM
     */
    Process start(Path output, List<String> options, String main, String... arguments) throws IOException {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
        List<String> command = Stream.of(java, options.stream(), Stream.of(main), Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        environment.putAll(bench.environment(Staging.COPY));
        return builder.start();
    }
}
