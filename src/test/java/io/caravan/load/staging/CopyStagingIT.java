package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.aws.object.S3ObjectStore;
import io.caravan.aws.staging.S3StagingArea;
import io.caravan.base.RetryableException;
import io.caravan.load.Load;
import io.caravan.load.LoadScripts;
import io.caravan.load.Loads;
import io.caravan.load.StagingByCopy;
import io.caravan.load.remember.Remembering;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.RememberedFiles;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingLoads;
import io.caravan.testing.Waiting;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loads of many data files, which are as small as they can be: the first of them are copied while others are written. */
@ExtendWith(SandboxExtension.class)
class CopyStagingIT {

    private static final int ROWS = 40_000;
    private static final int BATCH = 10_000;
    private static final List<Column> COLUMNS = List.of(
            new Column("id", ColumnType.of(Kind.INTEGER), false, false),
            new Column("name", ColumnType.varchar(200), true, false));

    private final TestSandbox sandbox;
    private final ObjectStore store;
    private final RedshiftWarehouse warehouse;

    CopyStagingIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.store = new S3ObjectStore(sandbox.s3());
        this.warehouse = new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url(),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password(),
                        2,
                        sandbox.sandbox().iamRole()),
                false);
    }

    @BeforeEach
    void refuse() throws SQLException {
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 POISON'");
    }

    @AfterEach
    void disconnect() {
        warehouse.close();
    }

    @Test
    void theFirstDataFilesAreCopiedWhileOthersAreWritten() throws SQLException {
        LoadRecord load = load("ahead", "in", Set.of());

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS, 0, 0, 0, 0));
        assertThat(sandbox.query("SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id) FROM public.ahead"))
                .hasToString("[[" + 2 * ROWS + ", " + 2 * ROWS + ", 0, " + (2 * ROWS - 1) + "]]");
        assertThat(copies(load)).hasSizeGreaterThan(1).allMatch(copy -> copy.startsWith("completed "));
        assertThat(copies(load).get(0)).matches("completed .*/manifest-000001-00000[2-9].json");
        assertThat(stagedKeys()).as("data files and manifests that stay").isEmpty();
    }

    @Test
    void aConnectionThatDiesThenLeavesNothing() throws SQLException {
        sandbox.execute("SET caravan.fail_next TO 'drop_in_copy 000002.csv.zst'");

        assertThatThrownBy(() -> load("dying", "in", Set.of())).isInstanceOf(RetryableException.class);

        assertThat(sandbox.query("SELECT COUNT(*) FROM public.dying")).hasToString("[[0]]");
        assertThat(stagedKeys()).isEmpty();
    }

    /** Rows that were copied ahead are taken back with what is refused later, and copied again. */
    @Test
    void refusedRowsAreFoundBehindWhatWasCopiedAhead() throws SQLException {
        LoadRecord load = load("late", "in", Set.of(ROWS + 1));

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS - 2, 0, 0, 0, 2));
        assertThat(deadLetters(load))
                .containsExactly(
                        "a 40001 error 1204: Fault of the sandbox, Value 'POISON 40001'",
                        "b 40001 error 1204: Fault of the sandbox, Value 'POISON 40001'");
        assertThat(copies(load).get(0)).startsWith("completed ");
        assertThat(copies(load).get(copies(load).size() - 1))
                .matches("completed .*/manifest-000001-0000[1-9][0-9].json");
    }

    @Test
    void refusedRowsAreFoundByFileAndLine() throws SQLException {
        LoadRecord load = load("by_line", "in", Set.of(2, 3, 7654));

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS - 6, 0, 0, 0, 6));
        assertThat(deadLetters(load))
                .containsExactly(
                        "a 2 error 1204: Fault of the sandbox, Value 'POISON 2'",
                        "a 3 error 1204: Fault of the sandbox, Value 'POISON 3'",
                        "a 7654 error 1204: Fault of the sandbox, Value 'POISON 7654'",
                        "b 2 error 1204: Fault of the sandbox, Value 'POISON 2'",
                        "b 3 error 1204: Fault of the sandbox, Value 'POISON 3'",
                        "b 7654 error 1204: Fault of the sandbox, Value 'POISON 7654'");
        assertThat(copies(load).get(0))
                .as("nothing is copied ahead once rows are refused")
                .startsWith("aborted ");
        assertThat(copies(load)).hasSize(2);
    }

    /** The error view keeps 256 bytes of an address, and these are longer. */
    @Test
    void refusedRowsAreFoundByComparisonWhereTheErrorViewDoesNotNameTheFile() throws SQLException {
        LoadRecord load = load("by_comparison", "x".repeat(188), Set.of(2, 3, 7654));

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS - 6, 0, 0, 0, 6));
        assertThat(deadLetters(load))
                .hasSize(6)
                .allMatch(letter -> letter.endsWith(" shows why, but not for which row"));
    }

    /**
     * Loads two objects.
     *
     * @param refused lines of each of them that COPY refuses
     */
    private LoadRecord load(String table, String prefix, Set<Integer> refused) throws SQLException {
        sandbox.execute("CREATE TABLE public." + table + " (id INTEGER NOT NULL, name VARCHAR(200))");
        for (String key : List.of("a", "b")) {
            sandbox.put(table + "/" + key, "any");
        }
        Feed feed = new FeedBuilder()
                .name(table)
                .from(sandbox.bucket(), table + "/")
                .into(new TableName("public", table), "id")
                .build();
        Random random = new Random(17);
        Loads loads = TestingLoads.of(
                        store,
                        warehouse,
                        new StagingByCopy(
                                new S3StagingArea(
                                        sandbox.s3(), sandbox.sandbox().stagingBucket(), prefix, 1),
                                new Remembering(new NothingRemembered(), 0),
                                Clock.systemUTC(),
                                new LoadIds(Clock.systemUTC(), random)),
                        Duration.ZERO,
                        LoadListener.NONE,
                        Clock.systemUTC(),
                        random)
                .loads();
        List<ObjectVersion> objects = new ArrayList<>();
        store.list(sandbox.bucket(), table + "/", objects::add);
        try (Load load = loads.begin(feed, objects, objects, Deliveries.NONE).orElseThrow()) {
            for (ObjectVersion object : load.objects()) {
                load.open(object);
                awaitNoOpenTransaction();
                load.accept(COLUMNS, null);
                List<Row> rows = rows(object.key().endsWith("b") ? ROWS : 0, refused);
                for (int from = 0; from < ROWS; from += BATCH) {
                    load.stage(new Batch(rows.subList(from, from + BATCH), List.of(), 0));
                }
            }
            return load.commit(new LoadScripts() {}).orElseThrow();
        }
    }

    /** The first object is staged by then, and what of it is copied ahead may still be on its way. */
    private void awaitNoOpenTransaction() {
        try {
            Waiting.until("no transaction is open while objects are read", () -> sandbox.lines(
                            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND state LIKE 'idle in transaction%'")
                    .equals(List.of("0")));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Of any ten values one holds line breaks, and one is NULL. */
    private static List<Row> rows(int firstId, Set<Integer> refused) {
        Random random = new Random(firstId);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> new Row(
                        i + 2,
                        Arrays.asList(
                                String.valueOf(firstId + i),
                                refused.contains(i + 2) ? "POISON " + (i + 2) : name(i, random))))
                .toList();
    }

    private static @Nullable String name(int i, Random random) {
        String text = Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36);
        return switch (i % 10) {
            case 4 -> text + "\n\n" + text;
            case 5 -> null;
            default -> text;
        };
    }

    /** Returns what became of each COPY of the load's rows, in their order, and its manifest. */
    private List<String> copies(LoadRecord load) throws SQLException {
        return sandbox
                .query("SELECT status || ' ' || data_source FROM sys_load_history WHERE data_source LIKE '%/"
                        + load.id() + "/caravan_rows/%' ORDER BY start_time")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    private List<String> stagedKeys() {
        List<String> keys = new ArrayList<>();
        store.list(sandbox.sandbox().stagingBucket(), "in/", object -> keys.add(object.key()));
        return keys;
    }

    private List<String> deadLetters(LoadRecord load) {
        List<String> letters = new ArrayList<>();
        warehouse
                .deadLetters()
                .read(
                        DeadLetterFilter.ofLoad(load.id()),
                        Long.MAX_VALUE,
                        letter -> letters.add(letter.key().replaceFirst(".*/", "") + " " + letter.line() + " "
                                + letter.reason()
                                        .replaceFirst("COPY refused it (with|;)", "")
                                        .strip()));
        return letters;
    }

    private static final class NothingRemembered implements RememberedFiles {

        @Override
        public Optional<InputStream> open(String feed) {
            return Optional.empty();
        }

        @Override
        public void write(String feed, long sizeBytes, Supplier<InputStream> content) {
            throw new UnsupportedOperationException();
        }
    }
}
