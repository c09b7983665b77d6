package io.caravan.prove;

import io.caravan.prove.Findings.NotHere;
import io.caravan.redshift.Production;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real {@code caravan load}, with routes of its own. Its ledger is the schema {@code caravan}: where that is there already,
 * somebody's Caravan works with it, and nothing is loaded.
 */
final class Loads {

    private static final long LOOK_EVERY_MS = 50;

    /** What the loads of a run take over from the environment. */
    private static final Pattern OWN = Pattern.compile("CARAVAN_(WAREHOUSE|STAGING|S3)_");

    private final Ground ground;
    private @Nullable Path directory;
    private @Nullable RouteDirectory routes;
    private @Nullable StagedFiles source;
    private @Nullable StagedFiles staging;

    Loads(Ground ground) {
        this.ground = ground;
    }

    /** Makes ready for loads, once. */
    void prepare() throws NotHere, SQLException, IOException {
        if (routes != null) {
            return;
        }
        StagedFiles files = ground.files("in");
        if (isForeign()) {
            throw new NotHere(
                    "the schema caravan is in this database already; name another database in CARAVAN_WAREHOUSE_URL");
        }
        Path made = Files.createTempDirectory("caravan-prove");
        ground.leftovers().promise(made.toString(), () -> delete(made));
        ground.leftovers().promise("schema caravan", this::dropLedger);
        source = files;
        staging = ground.files("staging");
        directory = made;
        routes = new RouteDirectory(made.resolve("routes"));
    }

    /** Returns whether there is a ledger, which is somebody's. */
    private boolean isForeign() throws SQLException {
        try (Session session = ground.connect()) {
            return !session.lines("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = 'caravan'")
                    .isEmpty();
        }
    }

    /**
     * Adds a feed: its prefix and its table, in the schema of the ground, have its name.
     *
     * @param parameters names and values, one after the other
     */
    void feed(String name, String... parameters) throws NotHere, SQLException, IOException {
        prepare();
        List<String> all = new ArrayList<>(List.of(
                "bucket",
                ground.environment().bucket(),
                "prefix",
                prefix(name),
                "table",
                ground.schema() + "." + name,
                "maxTries",
                "5"));
        all.addAll(List.of(parameters));
        required(routes).feed(name, all.toArray(String[]::new));
    }

    /** Puts an object of a feed. */
    void put(String feed, String name, String content) {
        required(source).put(feed + "/" + name, content);
    }

    /** Runs a command to its end, however long that is; the assumption has its limit. */
    CaravanProcess.Result run(String... arguments) throws InterruptedException {
        Map<String, String> variables = new HashMap<>(ground.environment().variables());
        // Nothing else that is set for somebody's Caravan, such as where its dead letters go.
        variables
                .keySet()
                .removeIf(name ->
                        name.startsWith("CARAVAN_") && !OWN.matcher(name).lookingAt());
        if (ground.environment().hasRole()) {
            // Under the one of the environment, leftovers of somebody's Caravan would be looked for, and deleted.
            variables.put("CARAVAN_STAGING_PREFIX", required(staging).prefix());
        } else {
            variables.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        }
        variables.put("CARAVAN_ROUTES_DIRECTORY", required(routes).path().toString());
        variables.put("CARAVAN_HTTP_PORT", "0");
        try (CaravanProcess process = CaravanProcess.start(required(directory), variables, arguments)) {
            // It must not go on while its ledger is removed.
            ground.leftovers().promise("caravan " + arguments[0], process::close);
            while (process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
            int exitCode = process.exitCode();
            return new CaravanProcess.Result(exitCode, process.stdout(), process.stderr());
        }
    }

    /** Returns what a command said last, for a finding. */
    static String lastWords(CaravanProcess.Result result) {
        Optional<String> last =
                result.stderr().lines().filter(line -> !line.isBlank()).reduce((a, b) -> b);
        return "exit code " + result.exitCode() + ", " + last.orElse("no words");
    }

    private String prefix(String feed) {
        return required(source).prefix() + feed + "/";
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("prepare() was not called");
        }
        return value;
    }

    /** Drops the ledger, if nobody else has begun to use it meanwhile. */
    private void dropLedger() throws SQLException {
        try (Session session = ground.connectToRemove()) {
            List<String> tables = session.lines(Production.findTables());
            session.begin();
            if (tables.contains("targets")) {
                session.execute("LOCK TABLE caravan.targets");
                String others = session.line(
                        "SELECT COUNT(*) FROM caravan.targets WHERE target NOT LIKE '" + ground.schema() + ".%'");
                if (!others.equals("0") || tables.contains("replicas")) {
                    throw new IllegalStateException("somebody's Caravan works with it since, so it stays; of this run"
                            + " are the lines whose target begins with " + ground.schema());
                }
            }
            session.execute("DROP SCHEMA IF EXISTS caravan CASCADE");
            session.commit();
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
