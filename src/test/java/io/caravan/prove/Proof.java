package io.caravan.prove;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tries what Caravan assumes of Redshift, on the warehouse and the staging bucket that the environment names, and leaves nothing
 * there.
 */
public final class Proof {

    static final int ALL_HOLD = 0;
    static final int UNREACHABLE = 1;
    static final int BAD_USAGE = 2;
    static final int DIFFERENT = 3;

    private static final String USAGE =
            "usage: deploy/aws/prove.sh [--json FILE] [--only NUMBER,...] [--bill]; --help says more";

    private final Environment environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;
    private final String name;
    private @Nullable Path json;
    private Set<Integer> only = Set.of();
    private boolean bill;

    /**
     * Tries nothing yet.
     *
     * @param random makes the names unique that the run gives
     */
    Proof(Map<String, String> variables, PrintWriter out, PrintWriter err, Clock clock, RandomGenerator random) {
        this.environment = new Environment(variables);
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.name = String.format(Locale.ROOT, "caravan_proof_%08x", random.nextInt());
    }

    public static void main(String[] arguments) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Proof proof = new Proof(System.getenv(), out, err, Clock.systemUTC(), RandomGenerator.of("SecureRandom"));
        System.exit(proof.run(arguments));
    }

    /** Returns the exit code. */
    int run(String... arguments) throws InterruptedException, IOException {
        if (!understands(List.of(arguments))) {
            err.println(USAGE);
            return BAD_USAGE;
        }
        if (environment.get("CARAVAN_WAREHOUSE_URL").isEmpty()) {
            err.println("prove: CARAVAN_WAREHOUSE_URL is not set");
            return BAD_USAGE;
        }
        List<Assumption> chosen = Assumptions.all(bill).stream()
                .filter(assumption -> only.isEmpty() || only.contains(assumption.number()))
                .toList();
        return run(chosen);
    }

    int run(List<Assumption> assumptions) throws InterruptedException, IOException {
        Masking masking = new Masking(environment);
        try (Ground ground = new Ground(environment, name)) {
            Thread hook = new Thread(() -> tell(ground.remove(), masking), "leave-nothing");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                List<String> versions = open(ground);
                List<Tried> tried = new Runner(ground).run(assumptions);
                List<String> left = ground.remove();
                Results results =
                        new Results(Instant.now(clock).toString(), versions.get(0), versions.get(1), tried, left);
                results.print(out, masking);
                if (json != null) {
                    results.write(json, masking);
                }
                return results.count(Verdict.DIFFERS) > 0 ? DIFFERENT : ALL_HOLD;
            } catch (SQLException e) {
                err.println("prove: the warehouse cannot be used: " + masking.mask(Findings.describe(e)));
                return UNREACHABLE;
            } finally {
                tell(ground.remove(), masking);
                removeHook(hook);
            }
        }
    }

    /** Returns the versions of the driver and of the server. */
    private static List<String> open(Ground ground) throws SQLException {
        try (Session session = ground.connect()) {
            String driver = session.connection().getMetaData().getDriverVersion();
            String server = session.line("SELECT version()");
            ground.open();
            return List.of(driver, server);
        }
    }

    private void tell(List<String> left, Masking masking) {
        left.forEach(what -> err.println("prove: could not be removed: " + masking.mask(what)));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook with it.
        }
    }

    /** Reads the arguments; returns whether they make sense. */
    private boolean understands(List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.remove(0);
            if (option.equals("--bill")) {
                bill = true;
            } else if (rest.isEmpty()) {
                return false;
            } else if (option.equals("--json")) {
                json = Path.of(rest.remove(0));
            } else if (option.equals("--only") && rest.get(0).matches("[0-9]{1,2}(,[0-9]{1,2})*")) {
                only = numbers(rest.remove(0));
            } else {
                return false;
            }
        }
        return Assumptions.all(bill).stream().map(Assumption::number).toList().containsAll(only);
    }

    private static Set<Integer> numbers(String text) {
        Set<Integer> numbers = new TreeSet<>();
        Arrays.stream(text.split(",", -1)).map(Integer::valueOf).forEach(numbers::add);
        return numbers;
    }
}
