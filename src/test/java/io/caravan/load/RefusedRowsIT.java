package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.Batch;
import io.caravan.model.Column;
import io.caravan.model.ColumnPolicy;
import io.caravan.model.ColumnType;
import io.caravan.model.ColumnType.Kind;
import io.caravan.model.CsvFormat;
import io.caravan.model.DeadLetterFilter;
import io.caravan.model.Feed;
import io.caravan.model.FeedSql;
import io.caravan.model.Limits;
import io.caravan.model.LoadCounts;
import io.caravan.model.LoadRecord;
import io.caravan.model.MergePolicy;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Provenance;
import io.caravan.model.Row;
import io.caravan.model.SchemaPolicy;
import io.caravan.model.TableName;
import io.caravan.redshift.ConnectionSettings;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.s3.S3ObjectStore;
import io.caravan.s3.S3StagingArea;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refused rows among many data files, which are as small as they can be. */
@ExtendWith(SandboxExtension.class)
class RefusedRowsIT {

    private static final int ROWS = 10_000;
    private static final List<Column> COLUMNS = List.of(
            new Column("id", ColumnType.of(Kind.INTEGER), false, false),
            new Column("name", ColumnType.varchar(200), true, false));

    private final TestSandbox sandbox;
    private final ObjectStore store;
    private final RedshiftWarehouse warehouse;

    RefusedRowsIT(TestSandbox sandbox) {
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
    void poison() throws SQLException {
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 poison'");
    }

    @AfterEach
    void disconnect() {
        warehouse.close();
    }

    @Test
    void theyAreFoundByFileAndLine() throws SQLException {
        LoadRecord load = load("by_line", "in");

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS - 6, 0, 0, 0, 6));
        assertThat(deadLetters(load))
                .containsExactly(
                        "a 2 error 1204: Fault of the sandbox, Value 'poison 2'",
                        "a 3 error 1204: Fault of the sandbox, Value 'poison 3'",
                        "a 7654 error 1204: Fault of the sandbox, Value 'poison 7654'",
                        "b 2 error 1204: Fault of the sandbox, Value 'poison 2'",
                        "b 3 error 1204: Fault of the sandbox, Value 'poison 3'",
                        "b 7654 error 1204: Fault of the sandbox, Value 'poison 7654'");
        assertThat(sandbox.query("SELECT COUNT(DISTINCT file_name) > 3 FROM sys_load_detail WHERE file_name LIKE '%/"
                        + load.id() + "/caravan_rows/%'"))
                .hasToString("[[t]]");
    }

    /** The error view keeps 256 bytes of an address, and these are longer. */
    @Test
    void theyAreFoundByComparisonWhereTheErrorViewDoesNotNameTheFile() throws SQLException {
        LoadRecord load = load("by_comparison", "x".repeat(188));

        assertThat(load.counts()).isEqualTo(new LoadCounts(2 * ROWS, 2 * ROWS - 6, 0, 0, 0, 6));
        assertThat(deadLetters(load))
                .hasSize(6)
                .allMatch(letter -> letter.endsWith(" shows why, but not for which row"));
    }

    private LoadRecord load(String table, String prefix) throws SQLException {
        sandbox.execute("CREATE TABLE public." + table + " (id INTEGER NOT NULL, name VARCHAR(200))");
        for (String key : List.of("a", "b")) {
            sandbox.put(table + "/" + key, "any");
        }
        Feed feed = new Feed(
                table,
                sandbox.bucket(),
                table + "/",
                new TableName("public", table),
                List.of("id"),
                CsvFormat.DEFAULT,
                Limits.DEFAULT,
                MergePolicy.DEFAULT,
                Provenance.NONE,
                FeedSql.NONE,
                ColumnPolicy.DEFAULT,
                SchemaPolicy.FIXED);
        Loads loads = new Loads(
                store,
                warehouse,
                new S3StagingArea(sandbox.s3(), sandbox.sandbox().stagingBucket(), prefix, 1),
                null,
                Duration.ZERO,
                LoadListener.NONE,
                Clock.systemUTC(),
                new Random(17));
        List<ObjectVersion> objects = new ArrayList<>();
        store.list(sandbox.bucket(), table + "/", objects::add);
        try (Load load = loads.begin(feed, objects).orElseThrow()) {
            for (ObjectVersion object : load.objects()) {
                load.open(object);
                load.accept(COLUMNS, null);
                load.stage(new Batch(rows(object.key().endsWith("b") ? ROWS : 0), List.of(), 0));
            }
            return load.commit(new LoadScripts() {}).orElseThrow();
        }
    }

    /** Of any ten values one holds line breaks, and one is NULL. */
    private static List<Row> rows(int firstId) {
        Random random = new Random(firstId);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> new Row(i + 2, Arrays.asList(String.valueOf(firstId + i), name(i, random))))
                .toList();
    }

    private static @Nullable String name(int i, Random random) {
        String text = Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36);
        if (i < 2 || i == 7652) {
            return "poison " + (i + 2);
        }
        return switch (i % 10) {
            case 4 -> text + "\n\n" + text;
            case 5 -> null;
            default -> text;
        };
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
}
