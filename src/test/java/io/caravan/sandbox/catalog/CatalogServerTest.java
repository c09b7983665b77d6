package io.caravan.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.sandbox.fault.Faults;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueEncryptionException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

final class CatalogServerTest {

    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "secret";

    @TempDir
    Path directory;

    private final Faults faults = new Faults();
    private CatalogServer server;
    private GlueClient glue;

    @BeforeEach
    void start() {
        server = new CatalogServer(directory, 0, KEY, SECRET, faults);
        glue = client(SECRET);
        glue.createDatabase(create -> create.databaseInput(input -> input.name("Shop")));
    }

    @AfterEach
    void stop() {
        glue.close();
        server.close();
    }

    private GlueClient client(String secret) {
        return GlueClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, secret)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private static TableInput input(String name, String... columns) {
        return TableInput.builder()
                .name(name)
                .partitionKeys(List.of())
                .storageDescriptor(storage -> storage.location("s3://bucket/" + name + "/")
                        .columns(Stream.of(columns)
                                .map(column -> Column.builder()
                                        .name(column)
                                        .type("string")
                                        .build())
                                .toList()))
                .build();
    }

    private void create(TableInput input) {
        glue.createTable(create -> create.databaseName("shop").tableInput(input));
    }

    private Table table(String name) {
        return glue.getTable(get -> get.databaseName("SHOP").name(name)).table();
    }

    @Test
    void namesAreKeptInLowerCaseAndATableIsThereOnce() {
        create(input("Orders", "id"));

        assertThat(table("ORDERS").name()).isEqualTo("orders");
        assertThat(table("orders").databaseName()).isEqualTo("shop");
        assertThat(table("orders").versionId()).isEqualTo("0");
        assertThat(glue.getDatabases(list -> {}).databaseList()).hasSize(1);
        assertThatThrownBy(() -> create(input("orders", "id"))).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> table("none"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Table none not found.");
        assertThatThrownBy(() -> glue.getDatabase(get -> get.name("none"))).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void anUpdateReplacesEverythingAndAnOldVersionIsAConflict() {
        create(input("orders", "id").toBuilder()
                .description("orders of the shop")
                .build());
        glue.updateTable(update -> update.databaseName("shop")
                .tableInput(input("orders", "id", "name"))
                .versionId("0"));

        assertThat(table("orders").versionId()).isEqualTo("1");
        assertThat(table("orders").description()).isNull();
        assertThatThrownBy(() -> glue.updateTable(update -> update.databaseName("shop")
                        .tableInput(input("orders", "id"))
                        .versionId("0")))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("concurrent modifications");
        glue.updateTable(update ->
                update.databaseName("shop").tableInput(input("orders", "id")).skipArchive(true));
        assertThat(glue
                        .getTableVersionsPaginator(
                                list -> list.databaseName("shop").tableName("orders"))
                        .stream()
                        .flatMap(page -> page.tableVersions().stream())
                        .map(version -> version.versionId() + " "
                                + version.table().storageDescriptor().columns().size()))
                .containsExactly("2 1", "0 1");
    }

    @Test
    void listsComeInPagesThatAreSmall() {
        IntStream.range(0, 7).forEach(number -> create(input("t" + number, "id")));

        assertThat(glue.getTables(list -> list.databaseName("shop")).tableList())
                .hasSizeLessThan(7);
        assertThat(glue.getTablesPaginator(list -> list.databaseName("shop").expression("t[0-5]")).stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(Table::name))
                .containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
        assertThatThrownBy(
                        () -> glue.getTables(list -> list.databaseName("shop").maxResults(101)))
                .isInstanceOf(InvalidInputException.class);
        glue.deleteTable(delete -> delete.databaseName("shop").name("t0"));
        assertThatThrownBy(() -> table("t0")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void partitionsHaveAValueForEachKeyAndThoseThatAreThereAreToldOf() {
        create(input("days", "id").toBuilder()
                .partitionKeys(Column.builder().name("day").type("string").build())
                .build());
        List<PartitionInput> days = IntStream.range(1, 6)
                .mapToObj(day -> PartitionInput.builder()
                        .values("2026-01-0" + day)
                        .storageDescriptor(storage -> storage.location("s3://bucket/days/day=2026-01-0" + day + "/")
                                .columns(Column.builder().name("id").type("int").build()))
                        .build())
                .toList();
        assertThat(glue.batchCreatePartition(batch ->
                                batch.databaseName("shop").tableName("days").partitionInputList(days))
                        .errors())
                .isEmpty();
        assertThat(glue.batchCreatePartition(batch ->
                                batch.databaseName("shop").tableName("days").partitionInputList(days.get(0)))
                        .errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.partitionValues()).containsExactly("2026-01-01");
                    assertThat(error.errorDetail().errorCode()).isEqualTo("AlreadyExistsException");
                });
        assertThat(glue
                        .getPartitionsPaginator(list ->
                                list.databaseName("shop").tableName("days").excludeColumnSchema(true))
                        .stream()
                        .flatMap(page -> page.partitions().stream()))
                .hasSize(5)
                .allMatch(partition -> !partition.storageDescriptor().hasColumns());
        assertThat(glue.batchUpdatePartition(batch -> batch.databaseName("shop")
                                .tableName("days")
                                .entries(Stream.of("2026-01-02", "2026-02-02")
                                        .map(day -> BatchUpdatePartitionRequestEntry.builder()
                                                .partitionValueList(day)
                                                .partitionInput(days.get(1))
                                                .build())
                                        .toList()))
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException"));
        assertThat(glue.batchDeletePartition(batch -> batch.databaseName("shop")
                                .tableName("days")
                                .partitionsToDelete(PartitionValueList.builder()
                                        .values("2026-01-05")
                                        .build()))
                        .errors())
                .isEmpty();
        assertThatThrownBy(() -> glue.batchCreatePartition(batch -> batch.databaseName("shop")
                        .tableName("days")
                        .partitionInputList(
                                PartitionInput.builder().values("a", "b").build())))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.batchCreatePartition(batch -> batch.databaseName("shop")
                        .tableName("days")
                        .partitionInputList(Collections.nCopies(101, days.get(0)))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void passwordsOfConnectionsAreHiddenOnRequestAndMayBeEncrypted() {
        glue.createConnection(create -> create.connectionInput(input -> input.name("Warehouse")
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        "jdbc:redshift://host:5439/dev",
                        ConnectionPropertyKey.PASSWORD,
                        "Secret-1"))));

        assertThat(properties(false)).containsEntry("PASSWORD", "Secret-1");
        assertThat(properties(true)).containsOnlyKeys("JDBC_CONNECTION_URL");
        faults.add("dev", Fault.of(Kind.CATALOG_ENCRYPTED));
        assertThatThrownBy(() -> properties(false)).isInstanceOf(GlueEncryptionException.class);
        assertThat(properties(true)).containsOnlyKeys("JDBC_CONNECTION_URL", "ENCRYPTED_PASSWORD");
        assertThatThrownBy(() -> glue.getConnection(get -> get.name("other")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    private Map<String, String> properties(boolean hides) {
        return glue.getConnection(get -> get.name("Warehouse").hidePassword(hides))
                .connection()
                .connectionPropertiesAsStrings();
    }

    @Test
    void whatIsKeptIsThereAfterARestart() {
        create(input("orders", "id"));
        glue.createJob(create -> create.name("load-orders").role("GlueRole").command(command -> command.name("glueetl")
                .scriptLocation("s3://bucket/script.py")));
        server.close();
        server = new CatalogServer(directory, 0, KEY, SECRET, faults);
        glue = client(SECRET);

        assertThat(table("orders").versionId()).isEqualTo("0");
        assertThat(glue.getJob(get -> get.jobName("load-orders"))
                        .job()
                        .command()
                        .scriptLocation())
                .isEqualTo("s3://bucket/script.py");
    }

    @Test
    void faultsStrikeTheOperationThatTheyNameOnce() {
        faults.add("any", Fault.of(Kind.CATALOG_DENIED, "CreateTable"));
        faults.add("any", Fault.of(Kind.CATALOG_THROTTLED, "GetDatabase"));
        assertThat(glue.getDatabase(get -> get.name("shop")).database().name()).isEqualTo("shop");
        assertThatThrownBy(() -> create(input("orders", "id")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("Insufficient Lake Formation permission(s)");
        faults.add("any", Fault.of(Kind.CATALOG_CUT, "CreateTable"));
        // The client asks again by itself, and meets what its first request has done.
        assertThatThrownBy(() -> create(input("orders", "id"))).isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void whatAwsDoesNotDocumentIsRefused() throws Exception {
        assertThatThrownBy(() -> glue.getCrawler(get -> get.name("c")))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("GetCrawler is not supported by the sandbox");
        assertThatThrownBy(() -> create(input("orders", "n".repeat(256)))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> RequestShape.check(
                        CatalogFile.JSON.readTree("{\"TableInput\": {\"Name\": \"t\", \"Colour\": \"red\"}}"),
                        CreateTableRequest.builder()))
                .hasMessage("Unknown field /TableInput/Colour");
        assertThatThrownBy(() -> RequestShape.check(
                        CatalogFile.JSON.readTree("{\"TableInput\": {\"Name\": 7}}"), CreateTableRequest.builder()))
                .hasMessage("/TableInput/Name is not a text");
    }

    @Test
    void onlyTheSandboxesUserIsAnswered() throws Exception {
        try (GlueClient stranger = client("another")) {
            assertThatThrownBy(() -> stranger.getDatabases(list -> {}))
                    .isInstanceOf(GlueException.class)
                    .hasMessageContaining("The request signature we calculated does not match");
        }
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AWSGlue.GetDatabases")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(unsigned, BodyHandlers.ofString())
                        .body())
                .contains("MissingAuthenticationTokenException");
    }
}
