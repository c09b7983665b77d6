package io.caravan.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load that one would write by hand: psql copies a local CSV file into a staging table, removes repeated keys, and
 * merges, all in one transaction. No S3, no checks, no counts, no ledger; straight into PostgreSQL.
 */
final class HandLoad {

    private final Bench bench;

    HandLoad(Bench bench) {
        this.bench = bench;
    }

    static boolean isPossible() {
        try {
            return new ProcessBuilder("psql", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns how long psql took. */
    Duration run(Path csv, String table) throws IOException, InterruptedException {
        Path script = Files.writeString(bench.directory().resolve("hand.sql"), script(csv, table));
        Path output = bench.directory().resolve("hand.txt");
        Process process = new ProcessBuilder(
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--host=127.0.0.1",
                        "--port=" + bench.postgresPort(),
                        "--username=" + bench.user(),
                        "--dbname=" + Bench.DATABASE,
                        "--file=" + script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long from = System.nanoTime();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("psql failed:\n" + Files.readString(output));
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** The rows of a fresh table lie in the order in which they came, so the highest ctid is the last one. */
    private static String script(Path csv, String table) {
        return """
                BEGIN;
                CREATE TEMP TABLE staging (LIKE %1$s);
                \\copy staging FROM '%2$s' WITH (FORMAT csv, HEADER)
                ANALYZE staging;
                DELETE FROM staging USING (SELECT ctid AS place, ROW_NUMBER() OVER (PARTITION BY %3$s ORDER BY ctid DESC) AS rank
                  FROM staging) AS ranked WHERE staging.ctid = place AND rank > 1;
                MERGE INTO %1$s AS t USING staging AS s ON %4$s
                WHEN MATCHED THEN UPDATE SET %5$s
                WHEN NOT MATCHED THEN INSERT (%6$s) VALUES (%7$s);
                COMMIT;
                """
                .formatted(
                        table,
                        csv,
                        list(LineItems.KEYS, "%1$s", ", "),
                        list(LineItems.KEYS, "t.%1$s = s.%1$s", " AND "),
                        list(LineItems.OTHERS, "%1$s = s.%1$s", ", "),
                        list(all(), "%1$s", ", "),
                        list(all(), "s.%1$s", ", "));
    }

    private static List<String> all() {
        return Stream.concat(LineItems.KEYS.stream(), LineItems.OTHERS.stream()).toList();
    }

    private static String list(List<String> columns, String format, String between) {
        return columns.stream().map(format::formatted).collect(joining(between));
    }
}
