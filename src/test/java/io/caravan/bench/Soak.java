package io.caravan.bench;

import io.caravan.sandbox.Fault;
import io.caravan.testing.TestingGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The running service for as long as one likes: objects arrive at random, the warehouse and S3 fail at random, and at the end
 * nothing may be lost, nothing doubled, and the heap no larger than at the beginning. Two feeds read the same objects: one
 * updates, the other appends, so that a row that was loaded twice is there twice.
 */
final class Soak {

    private static final String PREFIX = "soak/";
    private static final int IDS = 5_000;
    private static final int MOST_ROWS = 2_000;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** By how much the heap may seem to grow because of when it is looked at. */
    private static final long NOISE_MEBIBYTES = 8;

    /** COPY_ERROR is left out: it makes rejected rows of good ones. */
    private static final List<Fault.Kind> FAULTS = List.of(
            Fault.Kind.SERIALIZABLE_VIOLATION,
            Fault.Kind.DEADLOCK,
            Fault.Kind.CONFLICT,
            Fault.Kind.DROP_BEFORE_COMMIT,
            Fault.Kind.DROP_AFTER_COMMIT,
            Fault.Kind.DROP_IN_COPY,
            Fault.Kind.RESIZE,
            Fault.Kind.CANCELLED,
            Fault.Kind.TERMINATED,
            Fault.Kind.DISK_FULL);

    private final Bench bench;
    private final TestingGateway gateway;
    private final Random random;
    private final Map<String, Integer> faults = new TreeMap<>();

    /** By id, what the feed that updates must have at the end: number and name of the row with the greatest number. */
    private final Map<Integer, String> model = new HashMap<>();

    private final List<String> keys = new ArrayList<>();
    private long rows;

    private Soak(Bench bench, TestingGateway gateway, long seed) {
        this.bench = bench;
        this.gateway = gateway;
        this.random = new Random(seed);
    }

    /** Takes the checkout, an empty directory to work in, how many minutes, the heap as {@code -Xmx} has it, and a seed. */
    public static void main(String[] arguments) throws Exception {
        Duration duration = Duration.ofMinutes(Long.parseLong(arguments[2]));
        long seed = Long.parseLong(arguments[4]);
        System.out.println(LocalDate.now(Clock.systemUTC()) + ", " + Machine.describe());
        System.out.println(duration.toMinutes() + " minutes with -Xmx" + arguments[3] + ", seed " + seed);
        boolean passed;
        try (Bench bench = new Bench(Path.of(arguments[0]), Path.of(arguments[1]));
                TestingGateway gateway = new TestingGateway(bench.sandbox().s3Endpoint())) {
            passed = new Soak(bench, gateway, seed).run(duration, arguments[3]);
        }
        System.exit(passed ? 0 : 1);
    }

    private boolean run(Duration duration, String heap) throws Exception {
        createFeed("soak-update", "public.soak_update", Map.of("keys", "id", "sequenceBy", "number"));
        createFeed("soak-append", "public.soak_append", Map.of("mode", "append"));
        try (RunProcess service = new RunProcess(bench, gateway.endpoint(), heap)) {
            play(minimum(duration, WARM_UP));
            long before = service.heapAfterCollection();
            play(duration.minus(minimum(duration, WARM_UP)));
            gateway.pass();
            long waited = awaitAll();
            long after = service.heapAfterCollection();
            return report(before, after, waited, service.retries());
        }
    }

    private void createFeed(String feed, String table, Map<String, String> more) throws IOException, SQLException {
        bench.createTable(
                "CREATE TABLE " + table + " (id INTEGER NOT NULL, number BIGINT NOT NULL, name VARCHAR(100))");
        Map<String, String> parameters = new HashMap<>(more);
        // Everything as it is, only faster: a minute here stands for many.
        parameters.putAll(Map.of("pollDelay", "500", "retryDelay", "100", "failedDelay", "1000"));
        bench.createFeed(feed, PREFIX, table, parameters);
    }

    private void play(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            store();
            if (random.nextInt(3) == 0) {
                fail();
            }
            TimeUnit.MILLISECONDS.sleep(random.nextLong(LONGEST_PAUSE.toMillis()));
            gateway.pass();
        }
    }

    private void store() {
        StringBuilder object = new StringBuilder("id,number,name\n");
        for (int i = random.nextInt(MOST_ROWS); i >= 0; i--) {
            int id = random.nextInt(IDS);
            String row = ++rows + ",name " + random.nextInt();
            object.append(id).append(',').append(row).append('\n');
            model.put(id, row);
        }
        String key = PREFIX + String.format(Locale.ROOT, "%06d.csv", keys.size());
        keys.add(key);
        bench.s3().putObject(put -> put.bucket(Bench.BUCKET).key(key), RequestBody.fromString(object.toString()));
    }

    private void fail() throws InterruptedException {
        int fault = random.nextInt(FAULTS.size() + 3);
        String key = keys.get(keys.size() - 1 - random.nextInt(Math.min(3, keys.size())));
        if (fault < FAULTS.size()) {
            count(FAULTS.get(fault).name());
            bench.sandbox().failNext(Fault.of(FAULTS.get(fault)));
        } else if (fault == FAULTS.size()) {
            count("S3 503 of an object");
            gateway.refuse(Bench.BUCKET, key, "503 Slow Down", "SlowDown");
        } else if (fault == FAULTS.size() + 1) {
            count("S3 403 of an object");
            gateway.refuse(Bench.BUCKET, key, "403 Forbidden", "AccessDenied");
        } else {
            count("S3 503 of the listing");
            gateway.refuseListing(Bench.BUCKET, "503 Slow Down", "SlowDown");
            TimeUnit.MILLISECONDS.sleep(random.nextLong(LONGEST_OUTAGE.toMillis()));
        }
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    /** Returns how many seconds after the last object the last row was there. */
    private long awaitAll() throws SQLException, InterruptedException {
        long from = System.nanoTime();
        while (System.nanoTime() - from < PATIENCE.toNanos()
                && (number("SELECT COUNT(*) FROM caravan.objects WHERE outcome <> 'failed'") < 2L * keys.size())) {
            TimeUnit.SECONDS.sleep(1);
        }
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);
    }

    private boolean report(long heapBefore, long heapAfter, long waited, long retries) throws SQLException {
        long appended = number("SELECT COUNT(*) FROM public.soak_append");
        long distinct = number("SELECT COUNT(DISTINCT number) FROM public.soak_append");
        long wrong = wrongRows();
        boolean heapIsFlat = heapAfter <= heapBefore + NOISE_MEBIBYTES;
        System.out.println();
        System.out.println("objects            " + keys.size() + ", " + rows + " rows, by two feeds");
        System.out.println("loads              " + number("SELECT COUNT(*) FROM caravan.loads WHERE outcome = 'loaded'")
                + ", and " + number("SELECT COUNT(*) FROM caravan.loads WHERE outcome = 'failed'") + " failed");
        System.out.println("faults             "
                + faults.values().stream().mapToInt(Integer::intValue).sum() + " " + faults);
        System.out.println("retries            " + retries);
        System.out.println("heap after GC      " + heapBefore + " MiB at the start, " + heapAfter + " MiB at the end");
        System.out.println("all loaded         " + waited + " s after the last object");
        System.out.println("lost               " + (rows - distinct));
        System.out.println("doubled            " + (appended - distinct));
        System.out.println("wrong in updates   " + wrong);
        boolean passed = rows == distinct && appended == distinct && wrong == 0 && heapIsFlat;
        System.out.println(passed ? "passed" : "FAILED");
        return passed;
    }

    /** Returns how many ids the feed that updates has other rows of than the model, or more or less than one. */
    private long wrongRows() throws SQLException {
        Map<Integer, String> left = new HashMap<>(model);
        long wrong = number("SELECT COUNT(*) - COUNT(DISTINCT id) FROM public.soak_update");
        for (int id = 0; id < IDS; id++) {
            List<String> row = bench.query("SELECT number || ',' || name FROM public.soak_update WHERE id = " + id);
            String expected = left.remove(id);
            wrong += String.valueOf(expected).equals(row.isEmpty() ? "null" : row.get(0)) ? 0 : 1;
        }
        return wrong;
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(String.valueOf(bench.query(query).get(0)));
    }

    private static Duration minimum(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
