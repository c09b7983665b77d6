package io.caravan.app.demo;

import static java.util.Objects.requireNonNull;

import io.caravan.app.act.Acting;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadRecorder;
import io.caravan.app.report.LoadReport;
import io.caravan.app.report.LoadTable;
import io.caravan.app.secret.Secret;
import io.caravan.app.service.Monitor;
import io.caravan.app.service.MonitorPages;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.LoadSettings;
import io.caravan.app.settings.RouteSettings;
import io.caravan.app.settings.ServiceSettings;
import io.caravan.app.settings.Setting;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.StagingSettings;
import io.caravan.app.settings.StoreSettings;
import io.caravan.app.settings.UiSettings;
import io.caravan.app.settings.WarehouseSettings;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.app.wiring.Wiring;
import io.caravan.load.preview.FeedPreview;
import io.caravan.model.feed.Feed;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.SandboxUser;
import io.caravan.spi.LoadListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The demo: a first upload, its update, the same again, then published states of a real table; all through real routes. */
public final class Walkthrough {

    private static final String BUCKET = "my-second-source";
    private static final List<String> ROUTES =
            List.of("s3-csv-to-redshift.camel.yaml", "employee.camel.yaml", "airport-frequencies.camel.yaml");
    private static final List<String> STATES =
            List.of("2026-07-12", "2026-07-19", "2026-07-30", "2026-08-03", "2026-08-17", "2026-08-21");

    private final PrintWriter out;

    public Walkthrough(PrintWriter out) {
        this.out = out;
    }

    /** Creates the bucket and the tables of the shipped feeds, unless they are there. */
    static void prepare(Sandbox sandbox) {
        sandbox.createBucket(BUCKET);
        try (SandboxUser user = new SandboxUser(sandbox)) {
            user.execute(
                    """
                    CREATE TABLE IF NOT EXISTS public.employee (
                      customer_id INTEGER NOT NULL,
                      first_name VARCHAR(50),
                      last_name VARCHAR(50)
                    )""");
            user.execute(
                    """
                    CREATE TABLE IF NOT EXISTS public.airport_frequencies (
                      id INTEGER NOT NULL,
                      airport_ref INTEGER,
                      airport_ident VARCHAR(20),
                      type VARCHAR(60),
                      description VARCHAR(200),
                      frequency_mhz DECIMAL(12,4)
                    )""");
        }
    }

    /**
     * Plays it; returns the exit code.
     *
     * @param keep whether to stay up at the end, until the process is told to stop
     */
    public int play(boolean keep, Format format) throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            prepare(sandbox);
            useAwsOf(sandbox);
            Path routes = unpackRoutes();
            Settings settings = settings(sandbox, routes);
            try (Wiring wiring = new Wiring(settings)) {
                return keep
                        ? playAndStay(sandbox, settings, wiring, format)
                        : play(sandbox, settings, wiring, format, LoadListener.NONE);
            } finally {
                delete(routes);
            }
        }
    }

    /** What was played stays to be looked at. */
    private int playAndStay(Sandbox sandbox, Settings settings, Wiring wiring, Format format) throws Exception {
        try (Monitor monitor = new Monitor(settings.http(), wiring);
                MonitorPages pages = new MonitorPages(
                        UiSettings.ofLoopback(0),
                        monitor,
                        wiring,
                        (feed, key, rows) -> new FeedPreview(feed, List.of(), List.of(), null),
                        history -> Acting.NONE)) {
            int exitCode = play(sandbox, settings, wiring, format, pages.history());
            out.print(ExportLines.render(environment(sandbox)));
            out.flush();
            new CountDownLatch(1).await();
            return exitCode;
        }
    }

    /** Returns what a service needs to work with the sandbox, and to show its page on this machine. */
    static Map<String, String> environment(Sandbox sandbox) {
        Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
        environment.put(Setting.UI_PORT.variable(), "0");
        return environment;
    }

    private int play(Sandbox sandbox, Settings settings, Wiring wiring, Format format, LoadListener listener)
            throws Exception {
        LoadRecorder recorder = new LoadRecorder(listener);
        try (SandboxUser user = new SandboxUser(sandbox);
                CamelRoutes camel = wiring.routes(Feeds.read(settings), recorder, false)) {
            camel.start();
            Stage stage = new Stage(user, camel, recorder, format);
            stage.load("DATA-1: the first upload", "customer/customer.csv", "customers/DATA-1/customer.csv");
            stage.load("DATA-2: the same key, changed", "customer/customer.csv", "customers/DATA-2/customer.csv");
            stage.load("DATA-2 again: nothing has changed", "customer/customer.csv", "customers/DATA-2/customer.csv");
            for (String state : STATES) {
                String name = "airport-frequencies-" + state + ".csv.gz";
                stage.load("OurAirports as of " + state, "ourairports/" + name, "ourairports/" + name);
            }
            stage.show(
                    "Customer 15 was there twice; the later row won",
                    "SELECT customer_id, first_name, last_name FROM" + " public.employee WHERE customer_id = 15",
                    "customer_id",
                    "first_name",
                    "last_name");
            stage.show(
                    "The ledger, in the warehouse",
                    "SELECT object_key, outcome, rows_read, rows_rejected FROM"
                            + " caravan.objects ORDER BY recorded_at",
                    "object_key",
                    "outcome",
                    "rows_read",
                    "rows_rejected");
            List<Feed> feeds = camel.feeds();
            for (Feed feed : feeds) {
                if (feed.name().equals("employee")) {
                    CatalogStage.play(wiring, feed, feeds, format, out);
                }
            }
            return stage.exitCode;
        }
    }

    /** The parts that every step needs. */
    private final class Stage {

        private final SandboxUser user;
        private final CamelRoutes camel;
        private final LoadRecorder recorder;
        private final Format format;
        private int exitCode = ExitCode.DONE;

        Stage(SandboxUser user, CamelRoutes camel, LoadRecorder recorder, Format format) {
            this.user = user;
            this.camel = camel;
            this.recorder = recorder;
            this.format = format;
        }

        void load(String title, String key, String resource) throws IOException {
            user.put(BUCKET, key, read(resource));
            for (Feed feed : camel.feeds()) {
                recorder.run(feed.name(), () -> camel.pass(feed.name()));
            }
            LoadReport report = recorder.report();
            exitCode = Math.max(exitCode, report.exitCode());
            say(title);
            if (report.loads().isEmpty() && report.failures().isEmpty() && format == Format.TEXT) {
                out.println("no load: this version is in the ledger already");
            } else {
                out.print(format.render(LoadTable.of(report.lines())));
            }
            report.failures().forEach(failure -> out.println(failure.message()));
            out.println();
            out.flush();
        }

        void show(String title, String sql, String... columns) {
            say(title);
            Table table =
                    new Table(Arrays.stream(columns).map(Table.Column::text).toArray(Table.Column[]::new));
            user.query(sql).forEach(row -> table.add(row.toArray()));
            out.print(format.render(table));
            out.println();
            out.flush();
        }

        private void say(String title) {
            if (format == Format.TEXT) {
                out.println("== " + title);
            }
        }
    }

    /** The engine follows the AWS SDK's own rules, of which system properties are the first. */
    private static void useAwsOf(Sandbox sandbox) {
        Map.of(
                        "aws.endpointUrlS3", sandbox.s3Endpoint().toString(),
                        "aws.endpointUrlGlue", sandbox.glueEndpoint().toString(),
                        "aws.region", sandbox.region(),
                        "aws.accessKeyId", sandbox.accessKey(),
                        "aws.secretAccessKey", sandbox.secretKey())
                .forEach(System::setProperty);
    }

    private static Settings settings(Sandbox sandbox, Path routes) {
        return new Settings(
                new WarehouseSettings(sandbox.url(), sandbox.user(), new Secret(sandbox.password()), 4),
                new StagingSettings(sandbox.stagingBucket(), "staging/", sandbox.iamRole(), Duration.ofHours(24)),
                new LoadSettings(Duration.ZERO, null, null, null, null),
                new RouteSettings(routes),
                ServiceSettings.ALONE,
                new StoreSettings(true),
                new HttpSettings("127.0.0.1", 0),
                null,
                Map.of());
    }

    private static Path unpackRoutes() throws IOException {
        Path directory = Files.createTempDirectory("caravan-routes-");
        for (String name : ROUTES) {
            Files.write(directory.resolve(name), read("routes/" + name));
        }
        return directory;
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = requireNonNull(
                Walkthrough.class.getResourceAsStream("/demo/" + resource), "no resource /demo/" + resource)) {
            return in.readAllBytes();
        }
    }

    private static void delete(Path directory) throws IOException {
        for (String name : ROUTES) {
            Files.deleteIfExists(directory.resolve(name));
        }
        Files.deleteIfExists(directory);
    }
}
