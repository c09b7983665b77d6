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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CodeGenConfigurationNode;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Mapping;
import software.amazon.awssdk.services.glue.model.Option;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Feeds that take their shape from tables of the Data Catalog, as crawlers and people write them. */
@ExtendWith(SandboxExtension.class)
final class CatalogFeedsIT {

    private static final String DATABASE = "crawled";

    @TempDir
    Path directory;

    private final TestSandbox sandbox;
    private GlueClient glue;
    private RouteDirectory routes;
    private TestingCaravan caravan;

    CatalogFeedsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        glue = sandbox.glue();
        try {
            glue.createDatabase(create -> create.databaseInput(input -> input.name(DATABASE)));
        } catch (AlreadyExistsException e) {
            // By the test before this one.
        }
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void close() {
        glue.close();
    }

    private CrawledTable table(String name) {
        return new CrawledTable(DATABASE, name, "s3://" + sandbox.bucket() + "/" + name + "/");
    }

    private void feed(String name, String... more) {
        String[] all = new String[more.length + 6];
        System.arraycopy(
                new String[] {"catalogTable", DATABASE + "." + name, "table", "public." + name, "keys", "id"},
                0,
                all,
                0,
                6);
        System.arraycopy(more, 0, all, 6, more.length);
        routes.feed(name, all);
    }

    private List<String> load(String name) {
        return caravan.load(StagedBy.INSERT, name);
    }

    private CaravanProcess.Result check() {
        return caravan.run(StagedBy.INSERT, "check");
    }

    @Test
    void aTableThatACrawlerWroteIsAFeedThatLoads() throws SQLException {
        table("plain").columns("id bigint", "name string", "price double").create(glue);
        feed("plain", "createTable", "true");
        sandbox.put("plain/a.csv", "id,name,price\n1,\"Ann, B\",2.5\n2,,3\n");

        assertThat(check().stdout())
                .contains("catalogTable " + DATABASE + ".plain")
                .contains("version 0; bucket: " + sandbox.bucket() + " (Location), prefix: plain/ (Location)")
                .contains("delimiter: comma (field.delim)")
                .contains("header: true (skip.header.line.count 1)")
                .contains("\"price\" DOUBLE PRECISION");
        assertThat(load("plain")).containsExactly("plain/a.csv loaded 2 2 0 0 0 0");
        assertThat(caravan.lines("SELECT id, name, price FROM public.plain ORDER BY id"))
                .containsExactly("1 Ann, B 2.5", "2 null 3.0");
        assertThat(caravan.lines(
                        "SELECT data_type, character_maximum_length FROM svv_columns WHERE table_name = 'plain'"
                                + " ORDER BY ordinal_position"))
                .containsExactly("bigint null", "character varying 16", "double precision null");
    }

    @Test
    void anObjectWhoseHeaderIsInAnotherOrderIsRejectedUnlessTheFeedSaysOtherwise() {
        table("ordered").columns("id bigint", "first name string", "qty int").create(glue);
        feed("ordered", "createTable", "true", "names", "snake");
        sandbox.put("ordered/a.csv", "ID,First Name,qty,more\n1,Ann,3,x\n");
        sandbox.put("ordered/b.csv", "id,qty,first name\n1,3,Ann\n");
        sandbox.put("ordered/c.csv", "id,first_name\n4,Dan\n");

        assertThat(load("ordered"))
                .containsExactly(
                        "ordered/a.csv loaded 1 1 0 0 0 0",
                        "ordered/b.csv rejected 0 0 0 0 0 0",
                        "ordered/c.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.run(StagedBy.INSERT, "objects", "list", "--feed", "ordered", "--outcome", "rejected")
                        .stdout())
                .contains("has \"qty\" as field 2, where the feed's catalogTable has \"first name\"");
        feed("ordered", "catalogHeader", "any", "names", "snake");
        caravan.run(StagedBy.INSERT, "objects", "rearm", "--feed", "ordered", "--key", "ordered/b.csv");
        assertThat(load("ordered")).containsExactly("ordered/b.csv loaded 1 0 0 1 0 0");
    }

    @Test
    void withoutAHeaderLineFieldsAreTheColumnsInOrder() throws SQLException {
        table("bare")
                .without("skip.header.line.count")
                .columns("id int", "born date", "amount decimal(10,2)")
                .serDe(
                        "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                        "field.delim",
                        "|",
                        "serialization.null.format",
                        "\\N")
                .create(glue);
        feed("bare", "createTable", "true");
        sandbox.put("bare/a.txt", "1|2024-02-29|2.50\n2|\\N|\n");

        assertThat(load("bare")).containsExactly("bare/a.txt loaded 2 2 0 0 0 0");
        assertThat(caravan.lines("SELECT id, born, amount FROM public.bare ORDER BY id"))
                .containsExactly("1 2024-02-29 2.50", "2 null null");
    }

    @Test
    void partitionsAreColumnsWithTheValuesOfTheKeys() throws SQLException {
        table("days").keys("day date", "region string").columns("id bigint").create(glue);
        table("folders")
                .keys("partition_0 string", "partition_1 string")
                .columns("id bigint")
                .create(glue);
        partition("days", "day=2026-01-01/region=eu/", "2026-01-01", "eu");
        partition("folders", "2026/eu/", "2026", "eu");
        feed("days", "createTable", "true");
        feed("folders", "createTable", "true");
        sandbox.put("days/day=2026-01-01/region=eu/a.csv", "id\n1\n");
        sandbox.put("folders/2026/eu/a.csv", "id\n1\n");

        assertThat(load("days")).containsExactly("days/day=2026-01-01/region=eu/a.csv loaded 1 1 0 0 0 0");
        assertThat(load("folders")).containsExactly("folders/2026/eu/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT id, day, region FROM public.days")).containsExactly("1 2026-01-01 eu");
        assertThat(caravan.lines("SELECT id, partition_0, partition_1 FROM public.folders"))
                .containsExactly("1 2026 eu");
    }

    private void partition(String table, String folder, String... values) {
        glue.batchCreatePartition(batch -> batch.databaseName(DATABASE)
                .tableName(table)
                .partitionInputList(PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(
                                storage -> storage.location("s3://" + sandbox.bucket() + "/" + table + "/" + folder))
                        .build()));
    }

    @Test
    void whatTheFeedSaysItselfWins() throws SQLException {
        table("own")
                .serDe("org.apache.hadoop.hive.serde2.OpenCSVSerde", "separatorChar", ";", "escapeChar", "\\")
                .columns("id bigint", "path string")
                .create(glue);
        sandbox.execute("CREATE TABLE public.own (id INTEGER, path VARCHAR(40))");
        feed("own", "escape", "none", "prefix", "own/in/");
        sandbox.put("own/a.csv", "id;path\n1;a\n");
        sandbox.put("own/in/a.csv", "id;path\n2;C:\\temp\n");

        assertThat(load("own")).containsExactly("own/in/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT id, path FROM public.own")).containsExactly("2 C:\\temp");
        assertThat(check().stdout())
                .contains("prefix: the feed's own")
                .contains("'id' is INTEGER, and BIGINT by the catalog")
                .contains("delimiter: semicolon (separatorChar)")
                .contains("escape: the feed's own");
    }

    @Test
    void aTableThatNoFeedCanServeIsRefusedByNameAndTheOthersLoad() {
        table("nested").columns("id bigint", "tags array<string>").create(glue);
        table("parquet")
                .serDe("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
                .columns("id bigint")
                .create(glue);
        table("good").columns("id bigint").create(glue);
        for (String name : List.of("nested", "parquet", "missing", "good")) {
            feed(name, "createTable", "true");
        }
        sandbox.put("good/a.csv", "id\n1\n");

        CaravanProcess.Result load = caravan.run(StagedBy.INSERT, "load");
        assertThat(load.exitCode()).isEqualTo(2);
        assertThat(load.stdout() + load.stderr())
                .contains("good/a.csv")
                .contains("its column 'tags' is of the type array<string>, which no field of a CSV object holds")
                .contains("its SerDe is org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
                .contains("there is no table " + DATABASE + ".missing in the Data Catalog");
    }

    @Test
    void aCatalogThatCannotBeAskedFailsTheFeedAloneAndCheckOfflineAsksNone() {
        table("away").columns("id bigint").create(glue);
        feed("away", "createTable", "true");
        sandbox.put("away/a.csv", "id\n1\n");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_DENIED, "GetTable"));

        CaravanProcess.Result denied = caravan.run(StagedBy.INSERT, "load");
        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.stderr() + denied.stdout())
                .contains("Lake Formation is in charge of it; grant DESCRIBE on the table there to the role of Caravan")
                .contains("Insufficient Lake Formation permission(s)");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_TIMEOUT, "GetTable"));
        assertThat(caravan.run(StagedBy.INSERT, "load").exitCode()).isEqualTo(1);
        CaravanProcess.Result offline = caravan.run(StagedBy.INSERT, "check", "--offline");
        assertThat(offline.exitCode()).isZero();
        assertThat(offline.stdout()).contains("the Data Catalog was not asked for the table " + DATABASE + ".away");
        assertThat(load("away")).containsExactly("away/a.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void aConnectionOfGlueSaysHowToReachTheWarehouse() {
        table("connected").columns("id bigint").create(glue);
        feed("connected", "createTable", "true");
        sandbox.put("connected/a.csv", "id\n1\n");
        glue.createConnection(create -> create.connectionInput(input -> input.name("my-redshift")
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        sandbox.url(),
                        ConnectionPropertyKey.USERNAME,
                        sandbox.sandbox().user(),
                        ConnectionPropertyKey.PASSWORD,
                        sandbox.sandbox().password()))));
        Map<String, String> variables = Map.of(
                "CARAVAN_WAREHOUSE_GLUE_CONNECTION",
                "my-redshift",
                "CARAVAN_WAREHOUSE_URL",
                "",
                "CARAVAN_WAREHOUSE_USER",
                "",
                "CARAVAN_WAREHOUSE_PASSWORD",
                "");

        CaravanProcess.Result check = caravan.run(StagedBy.INSERT, variables, "check");
        assertThat(check.stdout())
                .contains("url: JDBC_CONNECTION_URL; user: USERNAME; password: PASSWORD")
                .contains("connected")
                .doesNotContain(sandbox.sandbox().password());
        assertThat(caravan.run(StagedBy.INSERT, variables, "load").exitCode()).isZero();
        assertThat(caravan.run(StagedBy.INSERT, variables, "check", "--offline").exitCode())
                .isZero();
        Map<String, String> other = new HashMap<>(variables);
        other.put("CARAVAN_WAREHOUSE_GLUE_CONNECTION", "no-such");
        CaravanProcess.Result missing = caravan.run(StagedBy.INSERT, other, "check");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.stderr()).contains("cannot read the connection no-such");
    }

    @Test
    void theSecretOfAConnectionHasUserAndPassword() {
        routes.ownFeed("secret", sandbox.bucket(), "id", "createTable", "true");
        sandbox.put("secret/a.csv", "id\n1\n");
        String arn = secret(
                "warehouse/login",
                "{\"username\":\"" + sandbox.sandbox().user() + "\",\"password\":\""
                        + sandbox.sandbox().password() + "\",\"engine\":\"redshift\"}");
        secret("warehouse/other-fields", "{\"user\":\"a\",\"pass\":\"s3cr3t\"}");
        connection("by-name", Map.of(ConnectionPropertyKey.SECRET_ID, "warehouse/login"));
        // The secret has both; what stands beside it is of the time before it.
        connection("by-arn", Map.of(ConnectionPropertyKey.SECRET_ID, arn, ConnectionPropertyKey.USERNAME, "nobody"));
        connection("other-fields", Map.of(ConnectionPropertyKey.SECRET_ID, "warehouse/other-fields"));
        connection("gone", Map.of(ConnectionPropertyKey.SECRET_ID, "warehouse/gone"));

        for (String name : List.of("by-name", "by-arn")) {
            CaravanProcess.Result check = caravan.run(StagedBy.INSERT, of(name), "check");
            assertThat(check.exitCode()).as(check.toString()).isZero();
            assertThat(check.stdout())
                    .contains("user: 'username' of the secret " + (name.equals("by-arn") ? arn : "warehouse/login"))
                    .contains("caravan.warehouse.user = " + sandbox.sandbox().user())
                    .containsPattern("warehouse +ok +connected")
                    .doesNotContain(sandbox.sandbox().password());
        }
        assertThat(caravan.run(StagedBy.INSERT, of("by-arn"), "load").exitCode())
                .isZero();
        assertThat(caravan.run(StagedBy.INSERT, of("other-fields"), "check"))
                .satisfies(check -> assertThat(check.exitCode()).isEqualTo(2))
                .satisfies(check -> assertThat(check.stdout() + check.stderr())
                        .contains("cannot use the secret warehouse/other-fields")
                        .contains("'username'")
                        .doesNotContain("s3cr3t"));
        assertThat(caravan.run(StagedBy.INSERT, of("gone"), "check"))
                .satisfies(check -> assertThat(check.exitCode()).isEqualTo(2))
                .satisfies(check -> assertThat(check.stdout() + check.stderr())
                        .contains("cannot use the secret warehouse/gone: it does not exist"));
    }

    /** Makes a secret; returns its ARN. */
    private String secret(String name, String text) {
        try (SecretsManagerClient secrets = SecretsManagerClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            return secrets.createSecret(create -> create.name(name).secretString(text))
                    .arn();
        }
    }

    private void connection(String name, Map<ConnectionPropertyKey, String> properties) {
        Map<ConnectionPropertyKey, String> all = new EnumMap<>(properties);
        all.put(ConnectionPropertyKey.JDBC_CONNECTION_URL, sandbox.url());
        glue.createConnection(create -> create.connectionInput(
                input -> input.name(name).connectionType(ConnectionType.JDBC).connectionProperties(all)));
    }

    private static Map<String, String> of(String connection) {
        return Map.of(
                "CARAVAN_WAREHOUSE_GLUE_CONNECTION",
                connection,
                "CARAVAN_WAREHOUSE_URL",
                "",
                "CARAVAN_WAREHOUSE_USER",
                "",
                "CARAVAN_WAREHOUSE_PASSWORD",
                "");
    }

    @Test
    void aJobBecomesAFeedThatLoads() throws Exception {
        table("visual").columns("id bigint", "first_name string", "more string").create(glue);
        sandbox.execute("CREATE TABLE public.visual_target (id INTEGER, name VARCHAR(20))");
        sandbox.put("visual/a.csv", "id,first_name,more\n1,Ann,x\n");
        glue.createJob(create -> create.name("visual-job")
                .role("GlueRole")
                .command(command -> command.name("glueetl").scriptLocation("s3://none/script.py"))
                .codeGenConfigurationNodes(Map.of(
                        "node-1",
                        CodeGenConfigurationNode.builder()
                                .catalogSource(source -> source.name("Catalog")
                                        .database(DATABASE)
                                        .table("visual"))
                                .build(),
                        "node-2",
                        CodeGenConfigurationNode.builder()
                                .applyMapping(mapping -> mapping.name("Change Schema")
                                        .inputs("node-1")
                                        .mapping(
                                                Mapping.builder()
                                                        .fromPath("id")
                                                        .toKey("id")
                                                        .toType("int")
                                                        .build(),
                                                Mapping.builder()
                                                        .fromPath("first_name")
                                                        .toKey("name")
                                                        .toType("string")
                                                        .build(),
                                                Mapping.builder()
                                                        .fromPath("more")
                                                        .dropped(true)
                                                        .build()))
                                .build(),
                        "node-3",
                        CodeGenConfigurationNode.builder()
                                .dropDuplicates(step -> step.name("Drop").inputs("node-2"))
                                .build(),
                        "node-4",
                        CodeGenConfigurationNode.builder()
                                .amazonRedshiftTarget(target -> target.name("Redshift")
                                        .inputs("node-3")
                                        .data(data -> data.schema(option -> option.value("public"))
                                                .table(option -> option.value("visual_target"))
                                                .connection(option -> option.value("my-redshift"))
                                                .upsert(true)
                                                .selectedColumns(Option.builder()
                                                        .value("id")
                                                        .build())))
                                .build())));

        CaravanProcess.Result drafted = caravan.run(StagedBy.INSERT, "feed", "new", "--from-glue-job", "visual-job");
        assertThat(drafted.stdout())
                .contains("not carried over")
                .contains("a step DropDuplicates")
                .contains("Wrote ");
        assertThat(Files.readString(directory.resolve("routes/visual_target.camel.yaml")))
                .contains("{ name: catalogTable, value: 'crawled.visual' }")
                .contains("{ name: table, value: 'public.visual_target' }")
                .contains("{ name: keys, value: 'id' }")
                .contains("{ name: columns, value: 'first_name=name, more=\"\"' }")
                .contains("a step DropDuplicates");
        assertThat(load("visual_target")).containsExactly("visual/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT id, name FROM public.visual_target")).containsExactly("1 Ann");
        assertThat(caravan.run(StagedBy.INSERT, "feed", "new", "--from-glue-job", "no-such")
                        .exitCode())
                .isEqualTo(2);
        assertThat(caravan.run(StagedBy.INSERT, "feed", "new").exitCode()).isEqualTo(2);
    }
}
