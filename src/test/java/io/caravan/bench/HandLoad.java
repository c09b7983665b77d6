package io.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The load that one would write by hand, {@code bench/by-hand.sql}: psql and a local CSV file, straight into PostgreSQL. */
final class HandLoad {

    private final Bench bench;

    HandLoad(Bench bench) {
        this.bench = bench;
    }

    /** Throws if there is no psql. */
    static void requirePsql() throws InterruptedException {
        try {
            new ProcessBuilder("psql", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("there is no psql; install it: apt-get install postgresql-client", e);
        }
    }

    /** Returns how long psql took. */
    Duration run(Path csv, String table) throws IOException, InterruptedException {
        Path output = bench.directory().resolve("hand.txt");
        long from = System.nanoTime();
        ProcessBuilder psql = new ProcessBuilder(
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--set=table=" + table,
                        "--host=127.0.0.1",
                        "--port=" + bench.postgresPort(),
                        "--username=postgres",
                        "--dbname=" + Bench.DATABASE,
                        "--file=" + bench.home().resolve("bench/by-hand.sql"))
                .redirectInput(csv.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        psql.environment().put("PGPASSWORD", bench.postgresPassword());
        Process process = psql.start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("psql failed:\n" + Files.readString(output));
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }
}
