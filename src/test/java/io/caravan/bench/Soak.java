package io.caravan.bench;

import io.caravan.sandbox.fault.Fault;
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
 * The running service for as long as one likes: objects arrive at random, some of them with wide rows and keys that nobody would
 * choose; the warehouse and S3 fail at random; slow clients hold its HTTP port. At the end nothing may be lost, nothing doubled,
 * and the heap no larger than at the beginning. Three feeds read the same objects over two connections: one updates, the others
 * append, so that a row that was loaded twice is there twice. A fourth is wrong from the start.
 */
final class Soak {

    private static final String PREFIX = "soak/";
    private static final String UPDATED = "public.soak_update";
    private static final List<String> APPENDED = List.of("public.soak_append", "public.soak_append_too");
    private static final String WRONG_FEED = "soak-wrong";

    /** Fewer than feeds. */
    private static final String POOL_SIZE = "2";

    /** What keys hold now and then, other than a number. */
    private static final List<String> ODD = List.of(
            "a b+c%20&=?#",
            "\u00e9t\u00e9 \u65e5\u672c",
            "line\nbreak\ttab",
            "\u001b[2J\u001b[31m",
            "\u009b31m\u007f",
            "\u202e\u2066\u200b\u2028",
            "'\";\\",
            "../..");

    private static final int ODD_KEYS = 10;

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

    private final SoakRows rows;

    /** Those that the gateway can refuse. */
    private final List<String> plainKeys = new ArrayList<>();

    private int objects;

    private Soak(Bench bench, TestingGateway gateway, long seed) {
        this.bench = bench;
        this.gateway = gateway;
        this.random = new Random(seed);
        this.rows = new SoakRows(random);
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
        bench.createTable(SoakRows.createTable(UPDATED));
        createFeed("soak-update", UPDATED, Map.of("keys", "id", "sequenceBy", "number"));
        for (String table : APPENDED) {
            bench.createTable(SoakRows.createTable(table));
            createFeed(table.replace("public.", "").replace('_', '-'), table, Map.of("mode", "append"));
        }
        createFeed(WRONG_FEED, "public.soak_absent", Map.of("keys", "id"));
        try (RunProcess service = new RunProcess(
                        bench, gateway.endpoint(), heap, Map.of("CARAVAN_WAREHOUSE_POOL_SIZE", POOL_SIZE));
                SlowClients clients = new SlowClients(service.awaitHttpPort())) {
            play(minimum(duration, WARM_UP));
            long before = service.heapAfterCollection();
            play(duration.minus(minimum(duration, WARM_UP)));
            gateway.pass();
            long waited = awaitAll();
            long after = service.heapAfterCollection();
            boolean isSaid = service.says(WRONG_FEED);
            return report(before, after, waited, service.retries(), isSaid, clients);
        }
    }

    private void createFeed(String feed, String table, Map<String, String> more) throws IOException {
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
        String odd = random.nextInt(ODD_KEYS) == 0 ? ODD.get(random.nextInt(ODD.size())) : "";
        String key = PREFIX + String.format(Locale.ROOT, "%06d%s.csv", objects++, odd);
        if (odd.isEmpty()) {
            plainKeys.add(key);
        }
        bench.s3().putObject(put -> put.bucket(Bench.BUCKET).key(key), RequestBody.fromString(rows.nextObject()));
    }

    private void fail() throws InterruptedException {
        int fault = random.nextInt(FAULTS.size() + 3);
        String key = plainKeys.get(plainKeys.size() - 1 - random.nextInt(Math.min(3, plainKeys.size())));
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
                && number("SELECT COUNT(*) FROM caravan.objects WHERE outcome <> 'failed'") < feeds() * objects) {
            TimeUnit.SECONDS.sleep(1);
        }
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);
    }

    /** Returns how many feeds load. */
    private static long feeds() {
        return 1L + APPENDED.size();
    }

    private boolean report(
            long heapBefore, long heapAfter, long waited, long retries, boolean isSaid, SlowClients clients)
            throws SQLException {
        long lost = 0;
        long doubled = 0;
        for (String table : APPENDED) {
            long distinct = number("SELECT COUNT(DISTINCT number) FROM " + table);
            lost += rows.good() - distinct;
            doubled += number("SELECT COUNT(*) FROM " + table) - distinct;
        }
        long wrong = rows.wrongRows(bench, UPDATED);
        long unexplained = feeds() * rows.rejected() - number("SELECT COUNT(*) FROM caravan.dead_letters");
        long starved = number("SELECT COUNT(*) FROM caravan.loads WHERE error_code = 'WAREHOUSE_POOL_EXHAUSTED'");
        System.out.println();
        System.out.println("objects            " + objects + ", " + rows.good() + " good rows and " + rows.rejected()
                + " others, by " + feeds() + " feeds over " + POOL_SIZE + " connections");
        System.out.println("loads              " + number("SELECT COUNT(*) FROM caravan.loads WHERE outcome = 'loaded'")
                + ", and " + number("SELECT COUNT(*) FROM caravan.loads WHERE outcome = 'failed'") + " failed, "
                + starved + " of them for want of a connection");
        System.out.println("faults             "
                + faults.values().stream().mapToInt(Integer::intValue).sum() + " " + faults);
        System.out.println("retries            " + retries);
        System.out.println("heap after GC      " + heapBefore + " MiB at the start, " + heapAfter + " MiB at the end");
        System.out.println("all loaded         " + waited + " s after the last object");
        System.out.println("lost               " + lost);
        System.out.println("doubled            " + doubled);
        System.out.println("wrong in updates   " + wrong);
        System.out.println("rejected, unsaid   " + unexplained);
        System.out.println("probes             " + clients.probes() + ", " + clients.failedProbes() + " failed");
        System.out.println("the wrong feed is  " + (isSaid ? "named" : "not named"));
        boolean passed = lost == 0
                && doubled == 0
                && wrong == 0
                && unexplained == 0
                && starved == 0
                && clients.failedProbes() == 0
                && isSaid
                && heapAfter <= heapBefore + NOISE_MEBIBYTES;
        System.out.println(passed ? "passed" : "FAILED");
        return passed;
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(String.valueOf(bench.query(query).get(0)));
    }

    private static Duration minimum(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
