package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.spi.DataFiles;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;
import io.caravan.spi.Warehouse;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** The service, killed again and again while objects arrive: each of them is loaded once. */
@ExtendWith(SandboxExtension.class)
class CrashIT {

    /** More, if these are instants between loads. */
    private static final int RANDOM_KILLS = 20;

    private static final int MOST_RANDOM_KILLS = 3 * RANDOM_KILLS;

    /** Of the kills at random, those in the middle of a load. */
    private static final int KILLED_LOADS = RANDOM_KILLS / 10;

    /** How long a process that is killed at random lives at most, after its start or its first load. */
    private static final Duration LONGEST_LIFE = Duration.ofMillis(1500);

    /** Steps that a process takes before its first load, or in it. */
    private static final Set<String> FIRST_STEPS = Set.of(
            "Warehouse.prepareLedger",
            "Warehouse.readLedger",
            "Warehouse.readEndedLoads",
            "StagingArea.findLoads",
            "StagingArea.delete");

    /** Steps by INSERT only. */
    private static final Set<String> INSERT_STEPS = Set.of("StagingSession.insert", "StagingInsert.flush");

    /** What is no step of these feeds' loads. */
    private static final Set<String> OTHER_STEPS = Set.of(
            // Of a command before it serves.
            "ObjectStore.probe",
            "Warehouse.probe",
            // Of feeds that make and change their tables: transactions of their own, before the load's.
            "Warehouse.ddl",
            "Warehouse.create",
            "Warehouse.evolve",
            // Of feeds that reject an object for its keys or its deletes.
            "StagingSession.findRepeatedKeys",
            "StagingSession.undoSharedPart",
            // Of snapshots that have rejected rows.
            "TargetSession.countWithoutKeys",
            // Of rows that only COPY refuses; the private part as well.
            "DataFiles.folder",
            "DataFiles.files",
            "DataFiles.read",
            "StagingSession.count",
            "StagingSession.readRefused",
            "StagingSession.readLines",
            "StagingSession.dropStagedFromRejected",
            // Of a feed that remembers its rows, and of the command that verifies them.
            "TargetSession.findUnseen",
            "TargetSession.sumTarget",
            "TargetSession.sumChanged",
            "Warehouse.readRows",
            // Of previews, which commit nothing.
            "Warehouse.changes",
            "Warehouse.preview",
            // Of a replay of dead letters.
            "StagingSession.dropReplayed",
            "TargetSession.markReplayed",
            // Of feeds whose objects the warehouse may read by itself.
            "ObjectStore.readEnd",
            "StagingSession.copyDirectly",
            // After a failure.
            "Warehouse.record",
            "Warehouse.isCommitted",
            "Warehouse.findNewest",
            // Of objects that are like loaded ones, also of those that a release loaded that kept no hash of them.
            "ObjectStore.openWithMd5",
            // Of what is looked into, and of a store that knows no ranges.
            "ObjectStore.open",
            "Warehouse.findLoaded",
            "StagingSession.findLoaded",
            // Looks for what is to be told, which change nothing.
            "Warehouse.countLost",
            "TargetSession.countLost",
            "ObjectStore.folders",
            // Of feeds with a marker.
            "ObjectStore.findNamed",
            // After the commit, of feeds that have something done with their objects.
            "ObjectStore.copy",
            "ObjectStore.delete",
            "ObjectStore.tag",
            "Warehouse.findUntidied",
            "Warehouse.readUntidied",
            "Warehouse.tidied",
            // After the commit, for an endpoint that also gets dead letters.
            "Warehouse.findUnsentDeadLetters",
            "Warehouse.deadLettersSent");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private TestingGate gate;
    private Map<String, String> environment;

    CrashIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() throws IOException {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        gate = new TestingGate(directory.resolve("gate"));
        environment = new HashMap<>(sandbox.environment());
        // No COPY takes longer here, and no process starts sooner after another has died.
        environment.put("CARAVAN_STAGING_KEEP", "1s");
    }

    @Test
    void killedBeforeEveryStepOfALoad() throws Exception {
        Arrivals arrivals = new Arrivals(sandbox, routes, caravan, "stepped", random(), "upsert", "append");
        for (String step : steps()) {
            try {
                killBefore(step, arrivals);
            } catch (AssertionError e) {
                throw new AssertionError("on the way to the kill before " + step + ": " + e.getMessage(), e);
            }
        }
        finish(arrivals);
    }

    /** Starts a process, which is the restart after the kill before: it finishes what that one has left, and is killed. */
    private void killBefore(String step, Arrivals arrivals) throws Exception {
        boolean first = FIRST_STEPS.contains(step);
        if (first) {
            leaveDataFile();
            arrivals.put(200);
            gate.close(step);
        }
        try (CaravanProcess run = start(!INSERT_STEPS.contains(step))) {
            if (!first) {
                arrivals.awaitLoaded(run);
                arrivals.checkSoFar();
                gate.close(step);
                arrivals.put(200);
            }
            gate.awaitReached(run);
            run.kill();
        }
    }

    /** Every call that a load makes of what it needs from outside, so that a new one is not forgotten here. */
    private static List<String> steps() {
        List<String> steps = Stream.of(
                        ObjectStore.class,
                        StagingArea.class,
                        DataFiles.class,
                        StagingInsert.class,
                        Warehouse.class,
                        StagingSession.class,
                        TargetSession.class)
                .flatMap(type -> Arrays.stream(type.getMethods())
                        .filter(CrashTestGate::isStep)
                        .map(Method::getName)
                        .map(name -> type.getSimpleName() + "." + name))
                .distinct()
                // The first of them is killed where there is no ledger yet.
                .sorted(Comparator.comparing((String step) -> !FIRST_STEPS.contains(step))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        // Also what a type has from another.
        assertThat(steps)
                .containsAll(OTHER_STEPS)
                .contains("ObjectStore.readAhead")
                .doesNotContain("DataFiles.endRow");
        return steps.stream().filter(step -> !OTHER_STEPS.contains(step)).toList();
    }

    /** As a load leaves it that was killed long ago. */
    private void leaveDataFile() {
        String key = "staging/20200101T000000.000Z-0123456789/caravan_rows/000001.csv.zst";
        sandbox.s3()
                .putObject(
                        put -> put.bucket(sandbox.sandbox().stagingBucket()).key(key), RequestBody.fromString("left"));
    }

    /** The objects of a folder are one snapshot, which is there as a whole or not at all. */
    @Test
    void killedWhileAFolderIsLoaded() throws Exception {
        sandbox.execute("CREATE TABLE public.folders (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.feed(
                "folders",
                "bucket",
                sandbox.bucket(),
                "prefix",
                "folders/",
                "table",
                "public.folders",
                "keys",
                "id",
                "mode",
                "mirror",
                "maxDeletedRatio",
                "1",
                "marker",
                "_SUCCESS");
        int folder = 0;
        for (String step : List.of(
                "ObjectStore.readAhead", "TargetSession.lockLedger", "TargetSession.merge", "TargetSession.commit")) {
            folder++;
            gate.close(step);
            sandbox.put("folders/" + folder + "/a.csv", "id,name\n1,a" + folder + "\n");
            sandbox.put("folders/" + folder + "/b.csv", "id,name\n" + folder + "0,b\n");
            sandbox.put("folders/" + folder + "/_SUCCESS", "");
            try (CaravanProcess run = start(true)) {
                gate.awaitReached(run);
                run.kill();
            }
            assertThat(CaravanProcess.run(directory, environment, "load").exitCode())
                    .isEqualTo(ExitCode.DONE);
            assertThat(sandbox.lines("SELECT id || ' ' || name FROM public.folders ORDER BY id"))
                    .containsExactly("1 a" + folder, folder + "0 b");
        }
        assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.objects WHERE feed = 'folders' AND outcome = 'loaded'"))
                .containsExactly("8");
    }

    /** Each object is in one place in the end, whatever was done with it before. */
    @Test
    void killedWhileObjectsAreMovedAndTagged() throws Exception {
        sandbox.execute("CREATE TABLE public.tidied (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed("tidied", sandbox.bucket(), "id", "onLoaded", "move=done/", "onRejected", "tag");
        List<String> steps = List.of(
                "TargetSession.commit",
                "Warehouse.findUntidied",
                "Warehouse.readUntidied",
                "ObjectStore.copy",
                "ObjectStore.delete",
                "ObjectStore.tag",
                "Warehouse.tidied");
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= steps.size(); i++) {
            gate.close(steps.get(i - 1));
            sandbox.put("tidied/" + i + ".csv", "id,name\n" + i + ",x\n");
            sandbox.put("tidied/" + i + "-bad.csv", "id,nickname\n" + i + ",x\n");
            expected.addAll(List.of("done/tidied/" + i + ".csv ", "tidied/" + i + "-bad.csv rejected"));
            try (CaravanProcess load = gate.start(directory, environment, "load")) {
                gate.awaitReached(load);
                load.kill();
            }
        }

        CaravanProcess.run(directory, environment, "load");

        assertThat(sandbox.s3().listObjectsV2(list -> list.bucket(sandbox.bucket())).contents().stream()
                        .map(S3Object::key)
                        .filter(key -> key.contains("tidied/"))
                        .map(key -> key + " " + tag(key)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(sandbox.lines("SELECT COUNT(*), COUNT(DISTINCT id) FROM public.tidied"))
                .containsExactly(steps.size() + " " + steps.size());
        assertThat(sandbox.lines("SELECT outcome, COUNT(*) FROM caravan.objects WHERE feed = 'tidied' GROUP BY outcome"
                        + " ORDER BY outcome"))
                .containsExactly("loaded " + steps.size(), "rejected " + steps.size());
        assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.untidied_loads WHERE feed = 'tidied'"))
                .containsExactly("0");
    }

    private String tag(String key) {
        return sandbox.s3().getObjectTagging(get -> get.bucket(sandbox.bucket()).key(key)).tagSet().stream()
                .map(Tag::value)
                .collect(joining());
    }

    /** An object that the warehouse has read by itself is staged for good before the next one is looked at. */
    @Test
    void killedWhileTheWarehouseReadsObjectsByItself() throws Exception {
        Arrivals arrivals = new Arrivals(sandbox, routes, caravan, "by_itself", random(), "direct");
        for (String step : List.of("StagingSession.copyDirectly", "TargetSession.lockLedger", "TargetSession.commit")) {
            gate.close(step);
            arrivals.putClean(200);
            arrivals.put(200);
            arrivals.putClean(100);
            try (CaravanProcess run = start(true)) {
                gate.awaitReached(run);
                run.kill();
            }
        }
        finish(arrivals);
    }

    @Test
    void killedAtRandomInstants() throws Exception {
        Random random = random();
        Arrivals arrivals = new Arrivals(sandbox, routes, caravan, "random", random, "upsert", "append");
        Set<String> killedLoads = new HashSet<>();
        for (int kill = 1; kill <= RANDOM_KILLS || killedLoads.size() < KILLED_LOADS; kill++) {
            assertThat(kill).as("kills, of which hardly one is in a load").isLessThanOrEqualTo(MOST_RANDOM_KILLS);
            try (CaravanProcess run = start(kill % 5 != 0)) {
                arrivals.put(1 + random.nextInt(3000));
                Waiting.until("the service starts", () -> run.stderr().contains("Serving"));
                if (kill % 2 == 0) {
                    arrivals.awaitLoaded(run);
                }
                long end = System.nanoTime() + random.nextLong(LONGEST_LIFE.toNanos());
                while (System.nanoTime() < end) {
                    arrivals.put(1 + random.nextInt(300));
                    LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos() / 10));
                }
                run.kill();
            }
            killedLoads.addAll(caravan.loadsThatVanished());
        }
        finish(arrivals);
    }

    private CaravanProcess start(boolean copy) {
        Map<String, String> variables = new HashMap<>(environment);
        if (!copy) {
            variables.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        }
        return gate.start(directory, variables, "run");
    }

    private void finish(Arrivals arrivals) throws Exception {
        try (CaravanProcess run = start(true)) {
            arrivals.awaitLoaded(run);
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
        }
        environment.put("CARAVAN_STAGING_KEEP", "0s");
        CaravanProcess.Result nothing = CaravanProcess.run(directory, environment, "load");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(nothing.stdout().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("Feed \\S+: [0-9,]+ objects, all loaded before or rejected"));
        arrivals.checkAll();
        assertThat(caravan.dataFiles()).isEmpty();
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("CrashIT's seed is " + seed);
        return new Random(seed);
    }
}
