package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.secret.Secret;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.LoadSettings;
import io.caravan.app.settings.RouteSettings;
import io.caravan.app.settings.ServiceSettings;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.StagingSettings;
import io.caravan.app.settings.StoreSettings;
import io.caravan.app.settings.WarehouseSettings;
import io.caravan.model.table.TableName;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.StatementTap;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a small load says to the warehouse, counted at the wire: each statement is planned, each commit waits in a queue of the whole
 * cluster, and Redshift Serverless bills the time of both. {@code statements-of-a-load.txt} has them all.
 */
@ExtendWith(SandboxExtension.class)
class StatementsOfALoadIT {

    private static final TableName TARGET = TableName.parse("public.small");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    StatementsOfALoadIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void theyAreFew() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        sandbox.execute("CREATE TABLE " + TARGET + " (id INTEGER, note VARCHAR(20))");
        prepareLedger();
        routes.ownFeed("small", sandbox.bucket(), "id", "pollDelay", "200");
        sandbox.put("small/1.csv", "id,note\n1,a\n2,b\n");
        try (StatementTap tap = new StatementTap(port());
                TestingService service = new TestingService(settings(routes, tap))) {
            Waiting.until("it is loaded", () -> service.events().equals(List.of("loaded 1")));
            List<String> first = tap.take();

            // Of the same size; one row is new, one has changed, one has not.
            sandbox.put("small/2.csv", "id,note\n3,c\n2,x\n");
            Waiting.until("the next is", () -> service.events().equals(List.of("loaded 1", "loaded 1")));
            List<String> later = tap.take();

            assertThat(text("The first load of a process, into an empty table", first)
                            + text("A later load, over the same connection", later))
                    .isEqualTo(resource());
            assertThat(sandbox.lines("SELECT id, note FROM " + TARGET + " ORDER BY id"))
                    .containsExactly("1 a", "2 x", "3 c");
            assertThat(List.of(statements(first), commits(first), statements(later), commits(later)))
                    .isEqualTo(List.of(10, 2, 10, 2));
            assertThat(Files.readString(Path.of("docs/cost.md")))
                    .contains("| the first one of a process, into an empty table | 10 | 2 |")
                    .contains("| each later one | 10 | 2 |");
        }
    }

    /** As an earlier load of another process has: it happens once for a table. */
    private void prepareLedger() {
        try (RedshiftWarehouse warehouse = new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url(),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password(),
                        1,
                        null),
                false)) {
            warehouse.prepareLedger(TARGET);
        }
    }

    /** The service's, which does not look at the ledger at each poll. */
    private Settings settings(RouteDirectory routes, StatementTap tap) {
        new TestingCaravan(sandbox, routes).useSandbox();
        return new Settings(
                new WarehouseSettings(
                        sandbox.url().replace(":" + port(), ":" + tap.port()),
                        sandbox.sandbox().user(),
                        new Secret(sandbox.sandbox().password()),
                        4),
                new StagingSettings(
                        sandbox.sandbox().stagingBucket(),
                        "staging/",
                        sandbox.sandbox().iamRole(),
                        Duration.ofHours(24)),
                new LoadSettings(Duration.ofMinutes(5), null, null, null, null),
                new RouteSettings(routes.path()),
                ServiceSettings.ALONE,
                new StoreSettings(true),
                new HttpSettings(null, 0),
                null,
                Map.of());
    }

    private int port() {
        return URI.create(sandbox.url().substring("jdbc:".length())).getPort();
    }

    private static int statements(List<String> said) {
        return count(said, statement -> !isOfSession(statement) && !isOfTransaction(statement));
    }

    private static int commits(List<String> said) {
        return count(said, statement -> statement.equals("COMMIT"));
    }

    /** Once for each connection; no query runs for it. */
    private static boolean isOfSession(String statement) {
        return statement.startsWith("SET ");
    }

    private static boolean isOfTransaction(String statement) {
        return List.of("BEGIN", "COMMIT", "ROLLBACK").contains(statement);
    }

    private static int count(List<String> said, Predicate<String> isMeant) {
        return (int) said.stream().filter(isMeant).count();
    }

    private static String text(String title, List<String> said) {
        StringBuilder text = new StringBuilder("-- " + title + "\n");
        said.forEach(statement -> text.append(statement
                        .replaceAll("s3://[^']*/manifest", "s3://STAGING/manifest")
                        .replaceAll("NULL AS '@[0-9a-f]*@'", "NULL AS '@RANDOM@'"))
                .append(";\n"));
        return text.append('\n').toString();
    }

    private static String resource() throws IOException {
        try (InputStream in =
                requireNonNull(StatementsOfALoadIT.class.getResourceAsStream("statements-of-a-load.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
