package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.CrawledTable;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Table;

/** All that is clicked together in AWS Glue, brought along: bucket, crawler's table, connection, job; then objects and catalog change. */
@ExtendWith(SandboxExtension.class)
final class GlueWalkthroughIT {

    @TempDir
    Path directory;

    @Test
    void whatWasClickedTogetherLoadsAndStaysTrue(TestSandbox sandbox) throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        Map<String, String> variables = Map.of(
                "CARAVAN_WAREHOUSE_GLUE_CONNECTION",
                "walk",
                "CARAVAN_WAREHOUSE_URL",
                "",
                "CARAVAN_WAREHOUSE_USER",
                "",
                "CARAVAN_WAREHOUSE_PASSWORD",
                "");
        try (GlueClient glue = sandbox.glue()) {
            sandbox.put("walk/customer.csv", customers("DATA-1"));
            glue.createDatabase(create -> create.databaseInput(input -> input.name("walk")));
            new CrawledTable("walk", "my_second_source", "s3://" + sandbox.bucket() + "/walk/")
                    .columns("customer_id bigint", "first_name string", "last_name string")
                    .create(glue);
            glue.createConnection(create -> create.connectionInput(input -> input.name("walk")
                    .connectionType(ConnectionType.JDBC)
                    .connectionProperties(Map.of(
                            ConnectionPropertyKey.JDBC_CONNECTION_URL,
                            sandbox.url(),
                            ConnectionPropertyKey.USERNAME,
                            sandbox.sandbox().user(),
                            ConnectionPropertyKey.PASSWORD,
                            sandbox.sandbox().password()))));
            sandbox.execute("CREATE TABLE public.employee (customer_id INTEGER NOT NULL, first_name VARCHAR(50),"
                    + " last_name VARCHAR(50))");
            routes.feed(
                    "employee",
                    "catalogTable",
                    "walk.my_second_source",
                    "table",
                    "public.employee",
                    "keys",
                    "customer_id",
                    "publishTo",
                    "walk.employee");

            assertThat(caravan.run(StagedBy.COPY, variables, "load").exitCode()).isZero();
            assertThat(caravan.lines("SELECT COUNT(*) FROM public.employee")).containsExactly("10");
            Table first = published(glue);
            assertThat(first.versionId()).isEqualTo("0");
            assertThat(first.parameters()).containsEntry("recordCount", "10");

            sandbox.put("walk/customer.csv", customers("DATA-2"));
            CaravanProcess.Result crawl = caravan.run(StagedBy.COPY, variables, "crawl");
            assertThat(crawl.exitCode()).as(crawl.stderr()).isZero();
            assertThat(caravan.run(StagedBy.COPY, variables, "load").exitCode()).isZero();
            assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT customer_id) FROM public.employee"))
                    .containsExactly("14 14");
            assertThat(caravan.lines("SELECT first_name, last_name FROM public.employee WHERE customer_id = 15"))
                    .containsExactly("Anna Karanina");
            Table second = published(glue);
            assertThat(second.versionId()).isEqualTo("1");
            assertThat(second.parameters()).containsEntry("recordCount", "15");
            assertThat(second.storageDescriptor().columns())
                    .isEqualTo(first.storageDescriptor().columns());
            caravan.run(StagedBy.COPY, variables, "load");
            caravan.run(StagedBy.COPY, variables, "crawl");
            assertThat(published(glue).versionId()).isEqualTo("1");
        }
    }

    private static Table published(GlueClient glue) {
        return glue.getTable(get -> get.databaseName("walk").name("employee")).table();
    }

    private static byte[] customers(String state) throws IOException {
        String resource = "/demo/customers/" + state + "/customer.csv";
        try (InputStream in = requireNonNull(GlueWalkthroughIT.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }
}
