package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.CrawledTable;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;

/** Tables of the Data Catalog that the command {@code crawl} writes of what was loaded. */
@ExtendWith(SandboxExtension.class)
final class CrawlIT {

    private static final String DATABASE = "published";

    @TempDir
    Path directory;

    private final TestSandbox sandbox;
    private GlueClient glue;
    private RouteDirectory routes;
    private TestingCaravan caravan;

    CrawlIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        glue = sandbox.glue();
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void close() {
        glue.close();
    }

    private void feed(String name, String... more) {
        routes.ownFeed(name, sandbox.bucket(), "id", more);
    }

    private Table table(String name) {
        return glue.getTable(get -> get.databaseName(DATABASE).name(name)).table();
    }

    private List<String> columns(String name) {
        return table(name).storageDescriptor().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    private CaravanProcess.Result crawl(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(new String[] {"crawl", "--database", DATABASE}, 0, all, 0, 3);
        System.arraycopy(more, 0, all, 3, more.length);
        return caravan.run(StagedBy.INSERT, all);
    }

    @Test
    void plainValuesKeepTheirTypesAndAnAddedColumnMakesOneNewVersion() throws SQLException {
        feed("typed", "createTable", "true", "schema", "evolve");
        sandbox.put("typed/a.csv", "id,name,price,born\n1,Ann,2.50,2024-02-29\n2,,3,\n");
        assertThat(caravan.load(StagedBy.INSERT, "typed")).hasSize(1);

        CaravanProcess.Result dry = crawl("--feed", "typed", "--dry-run");
        assertThat(dry.stdout()).contains("created").contains("LazySimpleSerDe");
        assertThat(table("typed", EntityNotFoundException.class)).isTrue();
        assertThat(crawl("--feed", "typed").exitCode()).isZero();
        assertThat(columns("typed")).containsExactly("id int", "name string", "price decimal(18,4)", "born date");
        Table first = table("typed");
        assertThat(first.versionId()).isEqualTo("0");
        assertThat(first.storageDescriptor().location()).isEqualTo("s3://" + sandbox.bucket() + "/typed/");
        assertThat(first.storageDescriptor().serdeInfo().parameters())
                .isEqualTo(Map.of("field.delim", ",", "serialization.format", ",", "serialization.null.format", ""));
        assertThat(first.hasPartitionKeys()).isTrue();
        assertThat(new TreeMap<>(first.parameters()))
                .containsEntry("skip.header.line.count", "1")
                .containsEntry("recordCount", "2")
                .containsEntry("objectCount", "1")
                .containsEntry("compressionType", "none")
                .containsEntry("caravan.feed", "typed");
        assertThat(crawl("--feed", "typed").stdout()).contains("unchanged");
        assertThat(table("typed").versionId()).isEqualTo("0");

        sandbox.put("typed/b.csv", "id,name,price,born,more\n3,Bo,1.2345,2024-02-29,x\n");
        caravan.load(StagedBy.INSERT, "typed");
        assertThat(crawl("--feed", "typed").stdout()).contains("changed");
        assertThat(columns("typed"))
                .containsExactly("id int", "name string", "price decimal(18,4)", "born date", "more string");
        assertThat(table("typed").versionId()).isEqualTo("1");
        assertThat(table("typed").parameters()).containsEntry("recordCount", "3");
        assertThat(glue.getTableVersions(list -> list.databaseName(DATABASE).tableName("typed"))
                        .tableVersions())
                .hasSize(2);
    }

    private boolean table(String name, Class<EntityNotFoundException> missing) {
        try {
            table(name);
            return false;
        } catch (EntityNotFoundException e) {
            return missing.isInstance(e);
        }
    }

    @Test
    void quotedValuesMakeATextTableAndLineBreaksAreToldOf() {
        feed("quoted", "createTable", "true");
        sandbox.put("quoted/a.csv", "id,name\n1,\"a, b\"\n2,C:\\temp\n");
        caravan.load(StagedBy.INSERT, "quoted");
        crawl("--feed", "quoted");
        assertThat(columns("quoted")).containsExactly("id string", "name string");
        assertThat(table("quoted").storageDescriptor().columns().get(0).comment())
                .isEqualTo("INTEGER");
        assertThat(table("quoted").storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.serde2.OpenCSVSerde");
        assertThat(table("quoted").storageDescriptor().serdeInfo().parameters())
                .isEqualTo(Map.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\u0001"));

        sandbox.put("quoted/b.csv", "id,name\n3,\"two\nlines\"\nx,no number\n");
        caravan.load(StagedBy.INSERT, "quoted");
        assertThat(crawl("--feed", "quoted").stdout())
                .contains("neither LazySimpleSerDe nor OpenCSVSerde reads 1 record right, at s3://" + sandbox.bucket()
                        + "/quoted/b.csv line 2; line breaks in fields are read by Redshift Spectrum alone")
                .contains("1 line is a row to readers, and no row that was loaded");
        assertThat(table("quoted").storageDescriptor().serdeInfo().parameters()).containsEntry("wholeFile", "true");
    }

    @Test
    void foldersArePartitionsAndGetNewColumnsToo() {
        feed("parts", "createTable", "true", "schema", "evolve", "keyColumns", "day");
        sandbox.put("parts/day=2026-01-01/a.csv", "id\n1\n");
        sandbox.put("parts/day=2026-01-02/a.csv", "id\n2\n");
        caravan.load(StagedBy.INSERT, "parts");
        crawl("--feed", "parts");
        assertThat(table("parts").partitionKeys())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("day string");
        assertThat(partitions("parts"))
                .containsExactly("[2026-01-01] day=2026-01-01/ 1", "[2026-01-02] day=2026-01-02/ 1");

        sandbox.put("parts/day=2026-01-03/a.csv", "id,more\n3,x\n");
        caravan.load(StagedBy.INSERT, "parts");
        crawl("--feed", "parts");
        assertThat(partitions("parts"))
                .containsExactly(
                        "[2026-01-01] day=2026-01-01/ 2",
                        "[2026-01-02] day=2026-01-02/ 2",
                        "[2026-01-03] day=2026-01-03/ 2");
    }

    private List<String> partitions(String name) {
        String location = "s3://" + sandbox.bucket() + "/" + name + "/";
        return glue.getPartitionsPaginator(list -> list.databaseName(DATABASE).tableName(name)).stream()
                .flatMap(page -> page.partitions().stream())
                .map(partition -> partition.values() + " "
                        + partition.storageDescriptor().location().replace(location, "") + " "
                        + partition.storageDescriptor().columns().size())
                .sorted()
                .toList();
    }

    @Test
    void aTableThatIsSomebodyElsesIsLeftAlone() {
        feed("theirs", "createTable", "true");
        feed("first", "createTable", "true");
        sandbox.put("theirs/a.csv", "id\n1\n");
        sandbox.put("first/a.csv", "id\n1\n");
        caravan.report(StagedBy.INSERT);
        crawl("--feed", "first");
        new CrawledTable(DATABASE, "theirs", "s3://" + sandbox.bucket() + "/theirs/")
                .columns("id bigint")
                .create(glue);

        CaravanProcess.Result refused = crawl("--feed", "theirs");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stdout()).contains("it is the crawler's 'crawler'");
        assertThat(table("theirs").versionId()).isEqualTo("0");
        feed("second", "publishTo", DATABASE + ".first", "createTable", "true");
        sandbox.put("second/a.csv", "id\n1\n");
        caravan.load(StagedBy.INSERT, "second");
        assertThat(caravan.run(StagedBy.INSERT, "crawl", "--feed", "second").stdout())
                .contains("it is the feed's 'first'");
    }

    @Test
    void whatTheCatalogHasCarriedOutUnheardIsNotDoneTwiceAndConflictsAreTriedAgain() {
        feed("cut", "createTable", "true");
        sandbox.put("cut/a.csv", "id\n1\n");
        caravan.load(StagedBy.INSERT, "cut");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_CUT, "CreateTable"));
        assertThat(crawl("--feed", "cut").exitCode()).isZero();
        assertThat(table("cut").versionId()).isEqualTo("0");

        sandbox.put("cut/b.csv", "id\n2\n");
        caravan.load(StagedBy.INSERT, "cut");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_CUT, "UpdateTable"));
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_THROTTLED, "GetTable"));
        assertThat(crawl("--feed", "cut").exitCode()).isZero();
        assertThat(table("cut").versionId()).isEqualTo("1");

        sandbox.put("cut/c.csv", "id\n3\n");
        caravan.load(StagedBy.INSERT, "cut");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_CONFLICT, "UpdateTable"));
        assertThat(crawl("--feed", "cut").exitCode()).isZero();
        assertThat(table("cut").parameters()).containsEntry("recordCount", "3");
        sandbox.put("cut/d.csv", "id\n4\n");
        caravan.load(StagedBy.INSERT, "cut");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_DENIED, "UpdateTable"));
        CaravanProcess.Result denied = crawl("--feed", "cut");
        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.stdout())
                .contains("grant ALTER on the table and DATA_LOCATION_ACCESS on its location in S3 there");
        // Counts alone leave no version behind.
        assertThat(glue.getTableVersions(list -> list.databaseName(DATABASE).tableName("cut"))
                        .tableVersions())
                .hasSize(1);
    }

    @Test
    void aLoadPublishesAfterItsCommitAndStandsIfThatFails() {
        feed("after", "createTable", "true", "publishTo", DATABASE + ".after");
        sandbox.put("after/a.csv", "id,at\n1,2024-02-29 12:00:00\n");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_DENIED, "CreateTable"));
        assertThat(caravan.load(StagedBy.INSERT, "after")).containsExactly("after/a.csv loaded 1 1 0 0 0 0");
        assertThat(table("after", EntityNotFoundException.class)).isTrue();

        sandbox.put("after/b.csv", "id,at\n2,\n");
        assertThat(caravan.load(StagedBy.INSERT, "after")).containsExactly("after/b.csv loaded 1 1 0 0 0 0");
        assertThat(columns("after")).containsExactly("id int", "at timestamp");
        assertThat(table("after").parameters())
                .containsEntry("recordCount", "2")
                .containsEntry("objectCount", "2");

        // A value of another form makes text of the column, and nothing that was said before makes a type of it again.
        sandbox.put("after/c.csv", "id,at\n3,2024-02-29\n");
        caravan.load(StagedBy.INSERT, "after");
        assertThat(columns("after")).containsExactly("id int", "at string");
        sandbox.put("after/d.csv", "id,at\n4,\"2024-02-29 12:00:00\"\n");
        caravan.load(StagedBy.INSERT, "after");
        assertThat(columns("after")).containsExactly("id string", "at string");
        assertThat(table("after").versionId()).isEqualTo("2");
    }
}
