package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.ConfigMapMount;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Route files that change while the service runs. */
@ExtendWith(SandboxExtension.class)
class ReloadIT {

    private static final int SWAPS = 20;
    private static final String TEMPLATE = "s3-csv-to-redshift.camel.yaml";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private ConfigMapMount mount;
    private TestingGate gate;

    /** What the mount is to hold, by names. */
    private final Map<String, String> files = new TreeMap<>();

    /** The ids in the objects of each feed. */
    private final Map<String, Set<String>> ids = new TreeMap<>();

    private int lastId;

    ReloadIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void mountTheTemplate() throws IOException {
        mount = new ConfigMapMount(directory.resolve("routes"));
        gate = new TestingGate(directory.resolve("gate"));
        files.put(TEMPLATE, Files.readString(Path.of("routes", TEMPLATE)));
    }

    @Test
    void whateverIsSwappedInTheLastGoodFeedsRunAndNothingIsLost() throws Exception {
        long seed = Long.getLong("caravan.test.seed", System.nanoTime());
        System.out.println("ReloadIT's seed is " + seed);
        Random random = new Random(seed);
        List<String> names = List.of("swap_a", "swap_b", "swap_c");
        for (String name : names) {
            createTable(name);
            feed(name, 0);
        }
        mount.swap(files);
        try (CaravanProcess run = start()) {
            awaitLog(run, "Serving", 1);
            Map<String, Integer> running = new TreeMap<>(Map.of("swap_a", 0, "swap_b", 0, "swap_c", 0));
            for (int swap = 1; swap <= SWAPS; swap++) {
                // Arrive while the files are swapped.
                for (String name : names) {
                    put(name);
                }
                if (random.nextInt(3) > 0) {
                    change(names.get(random.nextInt(names.size())), swap, running, random.nextBoolean());
                    swap(run, files, "Took over the route files");
                } else {
                    swap(run, broken(random.nextInt(BROKEN.size()), swap), "Refused the route files");
                }
                for (Map.Entry<String, Integer> feed : running.entrySet()) {
                    awaitRow(feed.getKey(), put(feed.getKey()) + " " + feed.getValue());
                }
            }
            names.forEach(name -> feed(name, SWAPS + 1));
            swap(run, files, "Took over the route files");
            for (String name : names) {
                Waiting.until("all objects of " + name + " are loaded", () -> Set.copyOf(
                                sandbox.lines("SELECT id FROM public." + name))
                        .equals(ids.get(name)));
            }
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain("Exception");
        }
        for (String name : names) {
            assertThat(ledger(name)).as("each object is loaded once").hasSameSizeAs(ids.get(name));
        }
    }

    @Test
    void aLoadInFlightFinishesBeforeItsFeedIsChanged() throws Exception {
        createTable("held");
        createTable("free");
        feed("held", 1);
        feed("free", 1);
        mount.swap(files);
        try (CaravanProcess run = start()) {
            // Its ledger is there before the other's is locked.
            awaitRow("free", put("free") + " 1");
            gate.close("TargetSession.merge");
            String inFlight = put("held");
            gate.awaitReached(run);
            feed("held", 2);
            feed("free", 2);
            mount.swap(files);
            awaitLog(run, "Feed free is changed", 1);
            awaitRow("free", put("free") + " 2");
            assertThat(run.stderr()).doesNotContain("Feed held is changed");

            gate.open();
            awaitLog(run, "Feed held is changed", 1);
            awaitRow("held", put("held") + " 2");
            assertThat(sandbox.lines("SELECT version FROM public.held WHERE id = " + inFlight))
                    .containsExactly("1");
        }
    }

    @Test
    void aProcessThatIsToldToStopWhileAFeedIsChangedFinishesItsLoad() throws Exception {
        createTable("stopped");
        feed("stopped", 1);
        mount.swap(files);
        gate.close("TargetSession.merge");
        try (CaravanProcess run = start()) {
            put("stopped");
            gate.awaitReached(run);
            feed("stopped", 2);
            mount.swap(files);
            awaitLog(run, "Restarting feed stopped", 1);
            run.terminate();
            awaitLog(run, "Told to stop", 1);
            gate.open();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain("Exception").doesNotContain(" ERROR ");
        }
        assertThat(ledger("stopped")).hasSize(1);
    }

    @Test
    void onlyWhatChangedIsRestarted() throws Exception {
        createTable("same");
        createTable("other");
        feed("same", 1);
        feed("other", 1);
        mount.swap(files);
        try (CaravanProcess run = start()) {
            awaitLog(run, "Serving", 1);
            feed("other", 2);
            swap(run, files, "Took over the route files");
            assertThat(run.stderr()).contains("Feed other is changed").doesNotContain("Feed same is changed");

            files.put(TEMPLATE, files.get(TEMPLATE) + "# changed\n");
            swap(run, files, "Took over the route files");
            assertThat(run.stderr()).contains("Feed same is changed");

            files.remove("other.yaml");
            swap(run, files, "Took over the route files");
            assertThat(run.stderr()).contains("Feed other is removed");
        }
    }

    @Test
    void aRefusalIsTakenBackWithTheFilesAndEachDirectoryChangesByItself() throws Exception {
        createTable("back");
        feed("back", 1);
        mount.swap(files);
        createTable("team");
        ConfigMapMount team = new ConfigMapMount(directory.resolve("team"));
        team.swap(Map.of("back.yaml", text("team", "constants", "version=1")));
        try (CaravanProcess run = start(Map.of("CARAVAN_ROUTES_DIRECTORY", "routes,team"))) {
            awaitLog(run, "Serving", 1);
            swap(run, broken(0, 1), "Refused the route files");
            mount.swap(files);
            awaitLog(run, "The route files are again as the routes that run", 1);
            awaitRow("team", put("team") + " 1");
            team.swap(Map.of("back.yaml", text("team", "constants", "version=2")));
            awaitLog(run, "Took over the route files", 1);
            awaitRow("team", put("team") + " 2");
            team.swap(Map.of("back.yaml", text("team", "unheardOf", "1")));
            awaitLog(run, directory.resolve("team") + "/back.yaml: ", 1);
            assertThat(run.stderr()).doesNotContain("Feed back is changed");
        }
    }

    /** What can be wrong with route files: what a file is to hold, or nothing if it is to be gone. */
    private static final List<Map.Entry<String, String>> BROKEN = List.of(
            Map.entry("broken.yaml", "this: is: not: yaml\n"),
            Map.entry("broken.yaml", "- templatedRoute:\n    routeIdd: x\n"),
            Map.entry("broken.yaml", text("unknown", "unheardOf", "1")),
            Map.entry("broken.yaml", text("no_such_table", "keys", "id")),
            Map.entry("broken.yaml", text("twice", "keys", "id") + text("twice", "keys", "id")),
            Map.entry("swap_b.yaml", text("swap_b", "keys", "no_such_column")),
            Map.entry(
                    "broken.yaml", "- route:\n    id: own\n    from:\n      uri: nosuch:component\n      steps: []\n"),
            Map.entry(TEMPLATE, ""));

    private Map<String, String> broken(int kind, int swap) {
        Map<String, String> broken = new TreeMap<>(files);
        broken.put(
                BROKEN.get(kind).getKey(), "# " + swap + "\n" + BROKEN.get(kind).getValue());
        return broken;
    }

    private void change(String name, int version, Map<String, Integer> running, boolean isRemoved) {
        if (isRemoved && running.remove(name) != null) {
            files.remove(name + ".yaml");
        } else {
            running.put(name, version);
            feed(name, version);
        }
    }

    /** Every row tells by its version which feed has loaded it. */
    private void feed(String name, int version) {
        files.put(name + ".yaml", text(name, "constants", "version=" + version));
    }

    private static String text(String name, String parameter, String value) {
        return """
                - templatedRoute:
                    routeId: %1$s
                    routeTemplateRef: s3-csv-to-redshift
                    parameters:
                      - { name: bucket, value: "{{my.bucket}}" }
                      - { name: prefix, value: %1$s/ }
                      - { name: table, value: public.%1$s }
                      - { name: pollDelay, value: 100 }
                      - { name: %2$s, value: "%3$s" }
                """
                        .formatted(name, parameter, value)
                + (parameter.equals("keys") ? "" : "      - { name: keys, value: id }\n");
    }

    private void createTable(String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER, version INTEGER)");
        ids.put(name, new HashSet<>());
    }

    /** Puts an object with a new id, and returns the id. */
    private String put(String name) {
        String id = Integer.toString(++lastId);
        sandbox.put(name + "/" + id + ".csv", "id\n" + id + "\n");
        ids.computeIfAbsent(name, feed -> new HashSet<>()).add(id);
        return id;
    }

    private void awaitRow(String name, String row) throws Exception {
        Waiting.until(name + " has the row " + row, () -> sandbox.lines("SELECT id, version FROM public." + name)
                .contains(row));
    }

    private List<String> ledger(String feed) throws SQLException {
        return sandbox.lines("SELECT object_key FROM caravan.objects WHERE feed = '" + feed + "'");
    }

    private CaravanProcess start() throws IOException {
        return start(Map.of());
    }

    private CaravanProcess start(Map<String, String> more) throws IOException {
        Files.writeString(directory.resolve("application.properties"), "my.bucket=" + sandbox.bucket() + "\n");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_RELOAD_INTERVAL", "0.1s");
        environment.putAll(more);
        return gate.start(directory, environment, "run");
    }

    /** Swaps files in, and waits until the service has said this of them. */
    private void swap(CaravanProcess run, Map<String, String> swappedIn, String verdict) throws Exception {
        long before = count(run, verdict);
        mount.swap(swappedIn);
        awaitLog(run, verdict, before + 1);
    }

    private static void awaitLog(CaravanProcess run, String text, long times) throws Exception {
        Waiting.until("the log says " + text + "; stderr:\n" + run.stderr(), () -> count(run, text) >= times);
    }

    private static long count(CaravanProcess run, String text) {
        return run.stderr().lines().filter(line -> line.contains(text)).count();
    }
}
