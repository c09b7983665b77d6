package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Objects that keep arriving, and the model: what must be in the targets and the ledger when all are loaded. A feed for each
 * mode takes every object: upsert updates its target; append only adds to it, so that no row can be loaded twice unseen.
 *
 * <p>An object has new keys and old ones, keys that it repeats, and a row that is rejected. Some objects come again, changed,
 * and some are rejected as a whole.
 */
final class Arrivals {

    private static final int IDS = 500;

    /** What the keys of objects end in, in which nothing is rejected. */
    private static final String CLEAN = "-clean.csv";

    /** Ids of objects that come again are no other object's: S3 tells the order of objects only to the second. */
    private static final int IDS_AGAIN = 1_000_000;

    private final TestSandbox sandbox;
    private final TestingCaravan caravan;
    private final String folder;
    private final List<String> modes;
    private final Random random;

    private final Map<Integer, String> target = new TreeMap<>();
    private final Map<String, String> ledger = new HashMap<>();
    private int rounds;

    /**
     * Creates the targets and the feeds, each named {@code FOLDER_MODE}.
     *
     * @param folder where the objects go
     * @param modes upsert, append, or direct, which is upsert of what the warehouse reads by itself
     */
    Arrivals(
            TestSandbox sandbox,
            RouteDirectory routes,
            TestingCaravan caravan,
            String folder,
            Random random,
            String... modes)
            throws SQLException {
        this.sandbox = sandbox;
        this.caravan = caravan;
        this.folder = folder;
        this.random = random;
        this.modes = List.of(modes);
        for (String mode : modes) {
            createFeed(routes, mode);
        }
    }

    private void createFeed(RouteDirectory routes, String mode) throws SQLException {
        String name = feed(mode);
        sandbox.execute("CREATE TABLE public." + name
                + " (id INTEGER NOT NULL, name VARCHAR(20), object VARCHAR(100), load VARCHAR(64))");
        routes.feed(
                name,
                "bucket",
                sandbox.bucket(),
                "prefix",
                folder + "/",
                "table",
                "public." + name,
                "keys",
                mode.equals("append") ? "" : "id",
                "mode",
                mode.equals("append") ? "append" : "upsert",
                "staging",
                mode.equals("direct") ? "direct" : "auto",
                "objectKeyColumn",
                "object",
                "loadIdColumn",
                "load",
                "rowsPerBatch",
                "50",
                "pollDelay",
                "100");
    }

    /** Puts an object that is new, and in which nothing is rejected or repeated. */
    void putClean(int rows) {
        rounds++;
        String key = String.format(Locale.ROOT, "%s/%06d%s", folder, rounds, CLEAN);
        StringBuilder csv = new StringBuilder("id,name\n");
        for (int id = 0; id < rows; id++) {
            String name = rounds + "-" + id;
            csv.append(id).append(',').append(name).append('\n');
            target.put(id, name + " " + key);
        }
        ledger.put(key, sandbox.put(key, csv.toString()) + " loaded " + rows);
    }

    /**
     * Puts three objects: one that is new, one that comes again, and one that is rejected.
     *
     * @param rows of the first
     */
    void put(int rows) {
        rounds++;
        List<Integer> ids = new ArrayList<>();
        List<Integer> idsAgain = new ArrayList<>();
        int number = rounds % 3;
        for (int row = 0; row < rows; row++) {
            ids.add(random.nextInt(IDS));
        }
        for (int row = 0; row < 60; row++) {
            // The same ones each time, so that it does not matter whether the version before was ever loaded.
            idsAgain.add(IDS_AGAIN * (1 + number) + row / 2);
        }
        String name = String.format(Locale.ROOT, "%s/%06d", folder, rounds);
        put(name + ".csv", ids);
        put(folder + "/again-" + number + ".csv", idsAgain);
        String rejected = name + "-rejected.csv";
        ledger.put(rejected, sandbox.put(rejected, "name\nthe key is missing\n") + " rejected 0");
    }

    private void put(String key, List<Integer> ids) {
        StringBuilder csv = new StringBuilder("id,name\n");
        for (int row = 0; row < ids.size(); row++) {
            String name = rounds + "-" + row;
            csv.append(ids.get(row)).append(',').append(name).append('\n');
            target.put(ids.get(row), name + " " + key);
        }
        ledger.put(key, sandbox.put(key, csv.append("x,rejected\n").toString()) + " loaded " + (ids.size() + 1));
    }

    /** Waits until the ledger has the last version of every object. */
    void awaitLoaded(CaravanProcess process) throws Exception {
        Waiting.until("all is loaded; stderr:\n" + process.stderr(), this::isLoaded);
    }

    private boolean isLoaded() throws SQLException {
        for (String mode : modes) {
            if (!new HashSet<>(ledger(mode)).containsAll(lastVersions())) {
                return false;
            }
        }
        return true;
    }

    /** Checks what must hold at any time: an object version is loaded once or not at all, and counts add up. */
    void checkSoFar() throws SQLException {
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        for (String mode : modes) {
            assertThat(ledger(mode)).as(mode).doesNotHaveDuplicates();
        }
        if (modes.contains("append")) {
            assertThat(caravan.lines("SELECT load, object, COUNT(*) FROM public." + feed("append")
                            + " GROUP BY load, object ORDER BY load, object"))
                    .isEqualTo(caravan.lines(
                            "SELECT load_id, object_key, rows_inserted FROM caravan.objects WHERE feed = '"
                                    + feed("append") + "' AND outcome = 'loaded' ORDER BY load_id, object_key"));
        }
    }

    /** Checks what must hold when all is loaded. */
    void checkAll() throws SQLException {
        checkSoFar();
        for (String mode : modes) {
            assertThat(ledger(mode)).as(mode).containsAll(lastVersions());
            assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed(mode) + "'"))
                    .as("each object that was loaded has one rejected row")
                    .isEqualTo(
                            caravan.lines("SELECT COUNT(*) FROM caravan.objects WHERE outcome = 'loaded' AND feed = '"
                                    + feed(mode) + "' AND object_key NOT LIKE '%" + CLEAN + "'"));
        }
        for (String mode : modes) {
            if (mode.equals("append")) {
                continue;
            }
            assertThat(caravan.lines("SELECT id, name, object FROM public." + feed(mode) + " ORDER BY id"))
                    .isEqualTo(target.entrySet().stream()
                            .map(row -> row.getKey() + " " + row.getValue())
                            .toList());
            assertThat(caravan.lines(
                            "SELECT SUM(rows_inserted) FROM caravan.objects WHERE feed = '" + feed(mode) + "'"))
                    .containsExactly(Integer.toString(target.size()));
        }
    }

    private String feed(String mode) {
        return folder + "_" + mode;
    }

    /** Key, ETag, outcome and records of every object version in the ledger, in its order; none as long as there is none. */
    private List<String> ledger(String mode) throws SQLException {
        String table = "objects_public_" + feed(mode);
        return caravan.lines("SELECT 1 FROM svv_tables WHERE table_schema = 'caravan' AND table_name = '" + table + "'")
                        .isEmpty()
                ? List.of()
                : caravan.lines(
                        "SELECT object_key, etag, outcome, rows_read FROM caravan." + table + " ORDER BY position");
    }

    private List<String> lastVersions() {
        return ledger.entrySet().stream()
                .map(object -> object.getKey() + " " + object.getValue())
                .toList();
    }
}
