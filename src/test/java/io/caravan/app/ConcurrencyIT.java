package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several engines at the same work at the same time. */
@ExtendWith(SandboxExtension.class)
class ConcurrencyIT {

    private static final int ENGINES = 3;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    ConcurrencyIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void countsAddUpAndNoDataFileStays() throws Exception {
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    @Test
    void enginesAtOneFeedLoadEveryObjectOnce() throws Exception {
        // The first round also races for the ledger's tables; each round has new objects and changed ones.
        feed("race", "race");
        for (int round = 1; round <= 4; round++) {
            for (int i = 0; i < 5; i++) {
                sandbox.put(
                        "race/" + round + "-" + i + ".csv", "id,name\n" + i + ",r" + round + "\n" + round + i + ",x\n");
            }
            sandbox.put("race/changing.csv", "id,name\n99,r" + round + "\n");
            StagedBy stagedBy = round % 2 == 0 ? StagedBy.COPY : StagedBy.INSERT;

            assertThat(together(() -> caravan.report(stagedBy, "race"))).containsOnly(ExitCode.DONE);

            assertThat(caravan.lines(
                            "SELECT COUNT(*), COUNT(DISTINCT object_key) FROM caravan.objects WHERE feed = 'race'"
                                    + " AND outcome = 'loaded' AND object_key LIKE 'race/" + round + "-%'"))
                    .containsExactly("5 5");
        }

        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.objects WHERE object_key = 'race/changing.csv'"))
                .containsExactly("4");
        assertThat(caravan.lines("SELECT id, name FROM public.race WHERE id < 5 OR id = 99 ORDER BY id"))
                .containsExactly("0 r4", "1 r4", "2 r4", "3 r4", "4 r4", "99 r4");
        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id) FROM public.race"))
                .containsExactly("26 26");
        assertThat(caravan.lines(
                        "SELECT SUM(rows_inserted) FROM caravan.loads WHERE outcome = 'loaded'" + " AND feed = 'race'"))
                .containsExactly("26");
    }

    /** A folder is one snapshot: whoever loaded a part of it for itself would delete what the others have. */
    @Test
    void enginesAtOneFolderLoadItOnceAsAWhole() throws Exception {
        sandbox.execute("CREATE TABLE public.folder (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed(
                "folder",
                sandbox.bucket(),
                "id",
                "mode",
                "mirror",
                "marker",
                "_SUCCESS",
                "maxDeletedRatio",
                "1",
                "maxObjectsPerLoad",
                "1");
        for (int round = 1; round <= 3; round++) {
            for (int part = 0; part < 4; part++) {
                sandbox.put("folder/" + round + "/" + part + ".csv", "id,name\n" + part + ",r" + round + "\n");
            }
            sandbox.put("folder/" + round + "/_SUCCESS", "");
            StagedBy stagedBy = round % 2 == 0 ? StagedBy.COPY : StagedBy.INSERT;

            assertThat(together(() -> caravan.report(stagedBy, "folder"))).containsOnly(ExitCode.DONE);

            assertThat(caravan.lines("SELECT id, name FROM public.folder ORDER BY id"))
                    .containsExactly("0 r" + round, "1 r" + round, "2 r" + round, "3 r" + round);
            assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT object_key), COUNT(DISTINCT load_id) FROM"
                            + " caravan.objects WHERE outcome = 'loaded' AND object_key LIKE 'folder/" + round + "/%'"))
                    .containsExactly("4 4 1");
        }
        assertThat(caravan.lines(
                        "SELECT outcome, COUNT(*) FROM caravan.objects WHERE feed = 'folder' GROUP BY outcome"))
                .containsExactly("loaded 12");
    }

    @Test
    void enginesAtManyFeedsDoNotDisturbEachOther() throws Exception {
        List<String> feeds = List.of("many1", "many2", "many3", "many4");
        for (String feed : feeds) {
            feed(feed, feed);
            sandbox.put(feed + "/o.csv", "id,name\n1," + feed + "\nx,bad\n");
        }

        List<Callable<LoadReport>> passes = feeds.stream()
                .<Callable<LoadReport>>map(feed -> () -> caravan.report(StagedBy.COPY, feed))
                .toList();
        assertThat(together(passes)).containsOnly(ExitCode.REJECTED);

        for (String feed : feeds) {
            assertThat(caravan.ledger(feed)).containsExactly(feed + "/o.csv loaded 2 1 0 0 0 1 null");
            assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("1 " + feed);
        }
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed LIKE 'many%'"))
                .containsExactly("4");
    }

    @Test
    void feedsOfOneTargetTakeTurns() throws Exception {
        sandbox.execute("CREATE TABLE public.turns (id INTEGER NOT NULL, name VARCHAR(20))");
        List<String> feeds = List.of("turn1", "turn2", "turn3");
        for (String feed : feeds) {
            routes.feed(feed, "bucket", sandbox.bucket(), "prefix", feed + "/", "table", "public.turns", "keys", "id");
            sandbox.put(feed + "/o.csv", "id,name\n0,shared\n" + feed.charAt(4) + "," + feed + "\n");
        }

        List<Callable<LoadReport>> passes = feeds.stream()
                .<Callable<LoadReport>>map(feed -> () -> caravan.report(StagedBy.INSERT, feed))
                .toList();
        assertThat(together(passes)).containsOnly(ExitCode.DONE);

        assertThat(caravan.lines("SELECT id, name FROM public.turns ORDER BY id"))
                .containsExactly("0 shared", "1 turn1", "2 turn2", "3 turn3");
        assertThat(caravan.lines("SELECT SUM(rows_inserted), SUM(rows_unchanged), COUNT(DISTINCT position) FROM"
                        + " caravan.objects WHERE feed LIKE 'turn_'"))
                .containsExactly("4 2 3");
    }

    private void feed(String name, String table) throws Exception {
        sandbox.execute("CREATE TABLE public." + table + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.feed(name, "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + table, "keys", "id");
    }

    private static List<Integer> together(Callable<LoadReport> pass) throws Exception {
        return together(IntStream.range(0, ENGINES).mapToObj(i -> pass).toList());
    }

    /** Returns the exit codes. */
    private static List<Integer> together(List<Callable<LoadReport>> passes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(passes.size());
        try {
            List<Integer> exitCodes = new ArrayList<>();
            for (Future<LoadReport> report : threads.invokeAll(passes)) {
                assertThat(report.get().failures()).isEmpty();
                exitCodes.add(report.get().exitCode());
            }
            return exitCodes;
        } finally {
            threads.shutdown();
        }
    }
}
