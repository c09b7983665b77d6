package io.caravan.app;

import io.caravan.app.action.LoadPass;
import io.caravan.app.report.LoadReport;
import io.caravan.app.secret.Secret;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.LineageSettings;
import io.caravan.app.settings.LoadSettings;
import io.caravan.app.settings.RouteSettings;
import io.caravan.app.settings.ServiceSettings;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.settings.StagingSettings;
import io.caravan.app.settings.StoreSettings;
import io.caravan.app.settings.WarehouseSettings;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.spi.LoadListener;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The command {@code load} in this process, on a sandbox, and what a person would look at afterwards. */
public final class TestingCaravan {

    /** The two ways of staging. */
    public enum StagedBy {
        COPY,
        INSERT
    }

    private static final String COUNTS =
            "rows_read, rows_inserted, rows_updated, rows_unchanged, rows_superseded, rows_rejected";

    private final TestSandbox sandbox;
    private final RouteDirectory routes;
    private final @Nullable String deadLetterUri;
    private @Nullable String eventsUri;
    private @Nullable LineageSettings lineage;
    private @Nullable Path stateDirectory;
    private final String user;
    private final String password;

    public TestingCaravan(TestSandbox sandbox, RouteDirectory routes) {
        this(sandbox, routes, null);
    }

    public TestingCaravan(TestSandbox sandbox, RouteDirectory routes, @Nullable String deadLetterUri) {
        this(
                sandbox,
                routes,
                deadLetterUri,
                sandbox.sandbox().user(),
                sandbox.sandbox().password());
    }

    private TestingCaravan(
            TestSandbox sandbox, RouteDirectory routes, @Nullable String deadLetterUri, String user, String password) {
        this.sandbox = sandbox;
        this.routes = routes;
        this.deadLetterUri = deadLetterUri;
        this.user = user;
        this.password = password;
        // The engine follows the AWS SDK's own rules, of which system properties are the first. All tests of a JVM
        // share
        // one sandbox.
        Map.of(
                        "aws.endpointUrlS3", sandbox.sandbox().s3Endpoint().toString(),
                        "aws.endpointUrlGlue", sandbox.sandbox().glueEndpoint().toString(),
                        "aws.endpointUrlSecretsManager",
                                sandbox.sandbox().glueEndpoint().toString(),
                        "aws.region", sandbox.sandbox().region(),
                        "aws.accessKeyId", sandbox.sandbox().accessKey(),
                        "aws.secretAccessKey", sandbox.sandbox().secretKey())
                .forEach(System::setProperty);
    }

    /** Has an endpoint told what happens, and what it has not been told yet kept in a directory. */
    public void tell(String uri, Path state) {
        eventsUri = uri;
        stateDirectory = state;
    }

    /** Has a service of OpenLineage told of loads. */
    public void tellLineage(URI url) {
        lineage = new LineageSettings(url, null, "caravan");
    }

    /** Returns the same, as another user of the warehouse. */
    TestingCaravan as(String otherUser, String otherPassword) {
        return new TestingCaravan(sandbox, routes, deadLetterUri, otherUser, otherPassword);
    }

    /** Loads all that is new for a feed; a line for each object: key, outcome, and the counts in the table's order. */
    public List<String> load(StagedBy stagedBy, String feed) {
        LoadReport report = report(stagedBy, feed);
        if (!report.failures().isEmpty()) {
            throw new AssertionError(
                    report.failures().toString(), report.failures().get(0).reason());
        }
        return report.loads().stream()
                .flatMap(load -> load.objects().stream())
                .map(entry -> entry.object().key() + " " + entry.outcome().text() + " "
                        + entry.counts().read() + " " + entry.counts().inserted() + " "
                        + entry.counts().updated() + " " + entry.counts().unchanged() + " "
                        + entry.counts().superseded() + " " + entry.counts().rejected())
                .toList();
    }

    public LoadReport report(StagedBy stagedBy, String... feeds) {
        return new LoadPass(SpiDecorator.NONE)
                .load(settings(stagedBy), Set.of(feeds), LoadListener.NONE)
                .done();
    }

    /** Starts what the command {@code run} serves, in this process. */
    public TestingService serve(StagedBy stagedBy) {
        return new TestingService(settings(stagedBy));
    }

    /** Has S3 where the sandbox's is not; {@link #useSandbox} takes it back. */
    public void useS3At(URI endpoint) {
        System.setProperty("aws.endpointUrlS3", endpoint.toString());
    }

    public void useSandbox() {
        useS3At(sandbox.sandbox().s3Endpoint());
    }

    /** Runs a command line in this process, as {@code main} does. */
    public CaravanProcess.Result run(StagedBy stagedBy, String... arguments) {
        return run(stagedBy, Map.of(), arguments);
    }

    /** Runs it with variables of its own; those that are empty are not set. */
    CaravanProcess.Result run(StagedBy stagedBy, Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_WAREHOUSE_USER", user);
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", password);
        if (stagedBy == StagedBy.INSERT) {
            environment.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        }
        environment.putAll(variables);
        environment.values().removeIf(String::isEmpty);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandTree.execute(
                new SettingsReader(environment, List.of(routes.path())),
                SpiDecorator.NONE,
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--routes", routes.path().toString()))
                        .toArray(String[]::new));
        return new CaravanProcess.Result(exitCode, out.toString(), err.toString());
    }

    public Settings settings(StagedBy stagedBy) {
        return new Settings(
                new WarehouseSettings(sandbox.url(), user, new Secret(password), 4),
                stagedBy == StagedBy.INSERT
                        ? null
                        : new StagingSettings(
                                sandbox.sandbox().stagingBucket(),
                                "staging/",
                                sandbox.sandbox().iamRole(),
                                Duration.ofHours(24)),
                // Whatever a test does to the ledger shows at the next poll.
                new LoadSettings(Duration.ZERO, deadLetterUri, eventsUri, lineage, stateDirectory),
                new RouteSettings(routes.path()),
                ServiceSettings.ALONE,
                new StoreSettings(true),
                new HttpSettings(null, 0),
                null,
                Map.of());
    }

    /** The ledger's lines of a feed, in its order: key, outcome, counts, error code. */
    public List<String> ledger(String feed) throws SQLException {
        return lines("SELECT object_key, outcome, " + COUNTS + ", error_code FROM caravan.objects WHERE feed = '" + feed
                + "' ORDER BY position");
    }

    /** The run history's lines of a feed, in its order: outcome, objects, counts, error code. */
    public List<String> loads(String feed) throws SQLException {
        return lines("SELECT outcome, objects, " + COUNTS + ", error_code FROM caravan.loads WHERE feed = '" + feed
                + "' ORDER BY ended_at, load_id");
    }

    /** Whatever breaks the promise that counts add up, in an object, in a load, or between the two. */
    public List<String> countsThatDoNotAddUp() throws SQLException {
        String sum = "rows_inserted + rows_updated + rows_unchanged + rows_stale + rows_superseded + rows_rejected";
        return lines("SELECT load_id FROM caravan.objects WHERE rows_read NOT IN (" + sum + ", " + sum
                + " + rows_deleted) UNION ALL SELECT load_id FROM caravan.loads WHERE rows_read NOT IN (" + sum + ", "
                + sum + " + rows_deleted)"
                + " UNION ALL SELECT l.load_id FROM caravan.loads l JOIN (SELECT load_id, COUNT(*) AS objects,"
                + " SUM(rows_read) AS rows_read, SUM(rows_inserted) AS rows_inserted, SUM(rows_updated) AS rows_updated,"
                + " SUM(rows_unchanged) AS rows_unchanged, SUM(rows_superseded) AS rows_superseded,"
                + " SUM(rows_rejected) AS rows_rejected FROM caravan.objects GROUP BY load_id) o"
                + " ON o.load_id = l.load_id WHERE l.objects <> o.objects OR l.rows_read <> o.rows_read"
                + " OR l.rows_inserted <> o.rows_inserted OR l.rows_updated <> o.rows_updated"
                + " OR l.rows_unchanged <> o.rows_unchanged OR l.rows_superseded <> o.rows_superseded"
                + " OR l.rows_rejected <> o.rows_rejected");
    }

    /** Data files of loads that are over, committed or failed; a load that was killed is not in the run history. */
    public List<String> dataFilesLeft() throws SQLException {
        List<String> loads = lines("SELECT load_id FROM caravan.loads");
        return dataFiles().stream().filter(key -> loads.contains(loadId(key))).toList();
    }

    /** Loads that have data files, and are not in the run history. */
    List<String> loadsThatVanished() throws SQLException {
        List<String> files = dataFiles();
        if (files.isEmpty()) {
            // Nor need there be a ledger yet.
            return List.of();
        }
        List<String> loads = lines("SELECT load_id FROM caravan.loads");
        return files.stream()
                .map(TestingCaravan::loadId)
                .distinct()
                .filter(load -> !loads.contains(load))
                .toList();
    }

    private static String loadId(String dataFile) {
        return dataFile.substring(dataFile.indexOf('/') + 1).replaceFirst("/.*", "");
    }

    /** All data files, of every load and every test class; what feeds remember lies beside them. */
    List<String> dataFiles() {
        return sandbox
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(sandbox.sandbox().stagingBucket()))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> !key.contains("/remembered/"))
                .toList();
    }

    /** The rows of a query, each as one line. */
    public List<String> lines(String sql) throws SQLException {
        return sandbox.lines(sql);
    }
}
