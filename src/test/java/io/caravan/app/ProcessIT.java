package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The commands as their users meet them: real processes, their output, exit codes and sudden ends. */
@ExtendWith(SandboxExtension.class)
class ProcessIT {

    private static final String WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private Map<String, String> environment;

    ProcessIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        environment = new HashMap<>(sandbox.environment());
    }

    @Test
    void loadPrintsWhatBecameOfEachObject() throws SQLException {
        feed("printed");
        sandbox.put("printed/a.csv", "id,name\n1,a\n2,b\nx,c\n");

        CaravanProcess.Result load = run("load");
        assertThat(load.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(load.stdout().lines().map(line -> line.replaceAll(" +", " ")
                        .replaceFirst("--load \\S+'", "--load ID'")))
                .containsExactly(
                        "feed object read inserted updated unchanged deleted stale superseded rejected outcome",
                        "printed s3://" + sandbox.bucket() + "/printed/a.csv 3 2 0 0 0 0 0 1 loaded",
                        "",
                        "Rejected rows of feed printed:",
                        " 1 VALUE_FORMAT, first at printed/a.csv:4, column id",
                        " 'caravan dead-letters list --load ID' shows them");
        assertThat(load.stderr()).isEmpty();

        sandbox.put("printed/b.csv", "name\nno key\n");
        CaravanProcess.Result rejected = run("load");
        assertThat(rejected.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(rejected.stdout())
                .endsWith(
                        """

                        Rejected s3://BUCKET/printed/b.csv: OBJECT_MISSING_KEY: the header at
                          line 1 lacks matching keys of the feed: "id"; every object must hold all
                          matching keys
                        """
                                .replace("BUCKET", sandbox.bucket()));
        assertThat(run("load").stdout())
                .isEqualTo(
                        """
                        Feed printed: 2 objects, all loaded before or rejected
                        """);

        sandbox.put("printed/a.csv", "id,name\n1,a\n2,c\n");
        assertThat(run("load", "--format", "json"))
                .isEqualTo(new CaravanProcess.Result(
                        ExitCode.DONE,
                        """
                        [
                          {"feed": "printed", "object": "s3://test-bucket-N/printed/a.csv", "read": 2, "inserted": 0, "updated": 1, "unchanged": 1, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 0, "outcome": "loaded"}
                        ]
                        """
                                .replace("test-bucket-N", sandbox.bucket()),
                        ""));
    }

    @Test
    void checkTellsWhatItFound() throws SQLException {
        feed("checked");

        CaravanProcess.Result check = run("check");
        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.stderr()).isEmpty();
        // Behind the header and the settings.
        assertThat(check.stdout()
                        .lines()
                        .skip(1)
                        .map(line -> line.replaceAll(" +", " "))
                        .filter(line -> !line.startsWith("settings ok ")))
                .containsExactly(
                        "feed checked ok checked.camel.yaml",
                        "warehouse ok connected",
                        "feed checked: bucket " + sandbox.bucket() + " ok can be listed",
                        "feed checked: table public.checked ok 2 columns, matching keys [id]",
                        "rights ok all that the feeds need",
                        "staging ok a file was written, copied by the role, and deleted");
        assertThat(check.stdout()).doesNotContain(sandbox.sandbox().password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY", "INSERT"})
    void noValueOfARowIsLogged(String stagedBy) throws Exception {
        String feed = "secret_" + stagedBy.toLowerCase(Locale.ROOT);
        feed(feed);
        sandbox.put(
                feed + "/a.csv",
                "id,name\n73519281,Hidden-A\nHidden-B,Hidden-C\n73519282,\"Hidden-D\n73519283,Hidden-E-is-longer-than-the-column\n");
        sandbox.put(
                feed + "/b.csv",
                "id,name\n73519281,Hidden-A\nHidden-B,Hidden-C\n73519282,Hidden-D,Hidden-E\n73519283,Hidden-E-is-longer-than-the-column\n");
        environment.put("CARAVAN_LOG_LEVEL", "DEBUG");
        if (stagedBy.equals("INSERT")) {
            environment.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        }

        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
            Waiting.until(
                    "both objects are told of",
                    () -> run.stderr().contains("/a.csv: ") && run.stderr().contains("Load "));
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr())
                    .contains("read 6, inserted 1, updated 0, unchanged 0, superseded 0, rejected 5,")
                    .contains(" WARN ")
                    .doesNotContain("Hidden")
                    .doesNotContain("7351928")
                    .doesNotContain("\tat ");
            assertThat(run.stdout()).isEmpty();
        }

        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed
                        + "' AND raw_record LIKE '%Hidden%' AND reason NOT LIKE '%Hidden%'"))
                .containsExactly("4");
    }

    @Test
    void twoProcessesLoadEveryObjectOnce() throws SQLException {
        feed("twice");
        for (int i = 0; i < 20; i++) {
            sandbox.put("twice/" + i + ".csv", "id,name\n" + i + ",a\n100,b\n");
        }

        try (CaravanProcess first = CaravanProcess.start(directory, environment, "load");
                CaravanProcess second = CaravanProcess.start(directory, environment, "load")) {
            assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(ExitCode.DONE);
            assertThat(first.stderr() + second.stderr()).isEmpty();
            assertThat((first.stdout() + second.stdout()).lines().filter(line -> line.contains("twice/")))
                    .hasSize(20);
        }

        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT object_key) FROM caravan.objects WHERE feed = 'twice'"
                        + " AND outcome = 'loaded'"))
                .containsExactly("20 20");
        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id) FROM public.twice"))
                .containsExactly("21 21");
    }

    @Test
    void runServesUntilItIsToldToStop() throws Exception {
        feed("served");
        sandbox.put("served/a.csv", "id,name\n1,a\n");
        Path classes = directory.resolve("classes.txt");
        List<String> options = List.of("-Xlog:class+load:file=" + classes);
        try (CaravanProcess run = CaravanProcess.start(directory, environment, options, "run")) {
            until(run, "the first object is loaded", "SELECT COUNT(*) FROM public.served", "1");
            sandbox.put("served/b.csv", "id,name\n2,b\n");
            until(run, "a new object is loaded", "SELECT COUNT(*) FROM public.served", "2");
            sandbox.put("served/a.csv", "id,name\n1,changed\n");
            until(run, "a changed object is loaded", "SELECT name FROM public.served WHERE id = 1", "changed");

            // A load that is under way when the signal comes.
            try (Connection other = sandbox.connection();
                    Statement lock = other.createStatement()) {
                other.setAutoCommit(false);
                lock.execute("LOCK TABLE caravan.objects_public_served");
                sandbox.put("served/c.csv", "id,name\n3,c\n");
                until(run, "the load waits", WAITING, "1");
                run.terminate();
                other.rollback();
            }
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr())
                    .doesNotContain("Exception")
                    .doesNotContain(" WARN ")
                    .doesNotContain(" ERROR ");
        }

        assertThat(caravan.ledger("served"))
                .containsExactly(
                        "served/a.csv loaded 1 1 0 0 0 0 null",
                        "served/b.csv loaded 1 1 0 0 0 0 null",
                        "served/a.csv loaded 1 0 1 0 0 0 null",
                        "served/c.csv loaded 1 1 0 0 0 0 null");
        assertThat(caravan.lines("SELECT id, name FROM public.served ORDER BY id"))
                .containsExactly("1 changed", "2 b", "3 c");
        // Glue's client has thousands of classes, and no feed here has to do with it.
        assertThat(Files.readString(classes))
                .contains("software.amazon.awssdk.services.s3.S3Client ")
                .doesNotContain("software.amazon.awssdk.services.glue.");
    }

    @Test
    void aKilledLoadIsDoneOnceByTheNext() throws Exception {
        feed("killed");
        sandbox.put("killed/small.csv", "id,name\n1,old\n");
        assertThat(run("load").exitCode()).isEqualTo(ExitCode.DONE);
        sandbox.put(
                "killed/large.csv",
                "id,name\n"
                        + IntStream.rangeClosed(1, 200_000)
                                .mapToObj(i -> i + ",n" + i)
                                .collect(joining("\n")));

        // While it stages, before its transaction, and within it.
        try (CaravanProcess load = CaravanProcess.start(directory, environment, "load")) {
            Waiting.until("a data file is stored", () -> dataFiles() > 0);
            load.kill();
        }
        killWhileItWaitsFor("LOCK TABLE caravan.objects_public_killed");
        killWhileItWaitsFor("UPDATE public.killed SET name = 'locked' WHERE id = 1");
        assertThat(caravan.lines("SELECT id, name FROM public.killed")).containsExactly("1 old");
        assertThat(caravan.ledger("killed")).containsExactly("killed/small.csv loaded 1 1 0 0 0 0 null");

        assertThat(run("load").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(caravan.ledger("killed"))
                .containsExactly(
                        "killed/small.csv loaded 1 1 0 0 0 0 null",
                        "killed/large.csv loaded 200000 199999 1 0 0 0 null");
        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id), MAX(name) FROM public.killed"))
                .containsExactly("200000 200000 n99999");
    }

    private void killWhileItWaitsFor(String statement) throws Exception {
        try (Connection other = sandbox.connection();
                Statement holder = other.createStatement();
                CaravanProcess load = CaravanProcess.start(directory, environment, "load")) {
            other.setAutoCommit(false);
            holder.execute(statement);
            until(load, "the load waits for " + statement, WAITING, "1");
            load.kill();
            other.rollback();
        }
        Waiting.until("the killed load's session has ended", () -> caravan.lines(
                        "SELECT COUNT(*) FROM pg_locks WHERE relation = 'caravan.objects_public_killed'::regclass")
                .equals(List.of("0")));
    }

    @Test
    void theSandboxKeepsItsStateInADirectory() throws Exception {
        // Where ./caravan runs: the shipped routes.
        String[] load = {"load", "--routes", Path.of("routes").toAbsolutePath().toString()};
        int s3Port = freePort();
        int redshiftPort = freePort();
        try (CaravanProcess first = startSandbox(s3Port, redshiftPort)) {
            // Glue's port is a free one, and Secrets Manager's the same.
            assertThat(first.stdout().replaceAll("((?:GLUE|MANAGER)='http://127.0.0.1:)\\d+", "$1GLUEPORT"))
                    .isEqualTo(
                            """
                            export AWS_ACCESS_KEY_ID='AKIACARAVANSANDBOX00'
                            export AWS_ENDPOINT_URL_GLUE='http://127.0.0.1:GLUEPORT'
                            export AWS_ENDPOINT_URL_S3='http://127.0.0.1:S3PORT'
                            export AWS_ENDPOINT_URL_SECRETS_MANAGER='http://127.0.0.1:GLUEPORT'
                            export AWS_REGION='us-east-1'
                            export AWS_SECRET_ACCESS_KEY='caravan-sandbox-secret'
                            export CARAVAN_S3_PATH_STYLE='true'
                            export CARAVAN_STAGING_BUCKET='caravan-staging'
                            export CARAVAN_STAGING_IAM_ROLE='arn:aws:iam::000000000000:role/caravan-sandbox'
                            export CARAVAN_STAGING_PREFIX='staging/'
                            export CARAVAN_UI_PORT='0'
                            export CARAVAN_WAREHOUSE_PASSWORD='Caravan-1'
                            export CARAVAN_WAREHOUSE_URL='jdbc:redshift://127.0.0.1:REDSHIFTPORT/dev;ssl=false'
                            export CARAVAN_WAREHOUSE_USER='awsuser'
                            export PGDATABASE='dev'
                            export PGHOST='127.0.0.1'
                            export PGPASSWORD='Caravan-1'
                            export PGPORT='REDSHIFTPORT'
                            export PGUSER='awsuser'
                            """
                                    .replace("S3PORT", Integer.toString(s3Port))
                                    .replace("REDSHIFTPORT", Integer.toString(redshiftPort)));
            putCustomer(exports(first), "customer_id,first_name,last_name\n1,Ada,L\n");
            assertThat(CaravanProcess.run(directory, exports(first), load).exitCode())
                    .isEqualTo(ExitCode.DONE);
            first.terminate();
            assertThat(first.exitCode()).isEqualTo(143);
            assertThat(first.stderr()).doesNotContain("ERROR");
        }
        try (CaravanProcess second = startSandbox(s3Port, redshiftPort)) {
            CaravanProcess.Result nothing = CaravanProcess.run(directory, exports(second), load);
            assertThat(nothing.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(nothing.stdout())
                    .isEqualTo(
                            """
                            Feed airport-frequencies: no object under s3://my-second-source/ourairports/
                            Feed employee: 1 object, loaded before or rejected
                            """);
            putCustomer(exports(second), "customer_id,first_name,last_name\n1,Ada,L\n2,Bo,M\n");
            assertThat(CaravanProcess.run(directory, exports(second), load).stdout())
                    .isEqualTo(
                            """
                            feed      object                                       read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                            employee  s3://my-second-source/customer/customer.csv     2         1        0          1        0      0           0         0  loaded
                            """);
        }
    }

    private CaravanProcess startSandbox(int s3Port, int redshiftPort) throws Exception {
        CaravanProcess started = CaravanProcess.start(
                directory,
                Map.of(),
                "sandbox",
                "--s3-port",
                Integer.toString(s3Port),
                "--redshift-port",
                Integer.toString(redshiftPort),
                "--directory",
                "state");
        Waiting.until("the sandbox is up", () -> started.stderr().contains("the sandbox is up") || !started.isAlive());
        return started;
    }

    private static Map<String, String> exports(CaravanProcess started) {
        return started.stdout()
                .lines()
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .collect(toMap(parts -> parts[0], parts -> parts[1].replaceAll("^'|'$", "")));
    }

    private static void putCustomer(Map<String, String> exports, String content) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(URI.create(exports.get("AWS_ENDPOINT_URL_S3")))
                .region(Region.of(exports.get("AWS_REGION")))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        exports.get("AWS_ACCESS_KEY_ID"), exports.get("AWS_SECRET_ACCESS_KEY"))))
                .build()) {
            s3.putObject(
                    put -> put.bucket("my-second-source").key("customer/customer.csv"),
                    RequestBody.fromString(content));
            // Answered in the place of S3Proxy, which logs an error of its own.
            assertThatThrownBy(() -> s3.getBucketLifecycleConfiguration(get -> get.bucket("my-second-source")))
                    .hasMessageContaining("lifecycle");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theDemoPlaysTheWalkthrough() {
        assertThat(CaravanProcess.run(directory, Map.of(), "demo"))
                .isEqualTo(new CaravanProcess.Result(
                        ExitCode.DONE,
                        """
                        == DATA-1: the first upload
                        feed      object                                       read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        employee  s3://my-second-source/customer/customer.csv    10        10        0          0        0      0           0         0  loaded

                        == DATA-2: the same key, changed
                        feed      object                                       read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        employee  s3://my-second-source/customer/customer.csv    15         4        0         10        0      0           1         0  loaded

                        == DATA-2 again: nothing has changed
                        no load: this version is in the ledger already

                        == OurAirports as of 2026-07-12
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-07-12.csv.gz  30,315    30,315        0          0        0      0           0         0  loaded

                        == OurAirports as of 2026-07-19
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-07-19.csv.gz  30,319         4        1     30,314        0      0           0         0  loaded

                        == OurAirports as of 2026-07-30
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-07-30.csv.gz  30,320         1        0     30,319        0      0           0         0  loaded

                        == OurAirports as of 2026-08-03
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-08-03.csv.gz  30,320         0        3     30,317        0      0           0         0  loaded

                        == OurAirports as of 2026-08-17
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-08-17.csv.gz  30,338        18        3     30,317        0      0           0         0  loaded

                        == OurAirports as of 2026-08-21
                        feed                 object                                                                     read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        airport-frequencies  s3://my-second-source/ourairports/airport-frequencies-2026-08-21.csv.gz  30,340         2        0     30,338        0      0           0         0  loaded

                        == Customer 15 was there twice; the later row won
                        customer_id  first_name  last_name
                        15           Anna        Karanina

                        == The ledger, in the warehouse
                        object_key                                         outcome  rows_read  rows_rejected
                        customer/customer.csv                              loaded   10         0
                        customer/customer.csv                              loaded   15         0
                        ourairports/airport-frequencies-2026-07-12.csv.gz  loaded   30315      0
                        ourairports/airport-frequencies-2026-07-19.csv.gz  loaded   30319      0
                        ourairports/airport-frequencies-2026-07-30.csv.gz  loaded   30320      0
                        ourairports/airport-frequencies-2026-08-03.csv.gz  loaded   30320      0
                        ourairports/airport-frequencies-2026-08-17.csv.gz  loaded   30338      0
                        ourairports/airport-frequencies-2026-08-21.csv.gz  loaded   30340      0

                        == The Data Catalog, shop.employee: what a crawler would have written, and what Caravan wrote
                        what                a crawler        Caravan
                        column customer_id  bigint           int
                        column first_name   string           string
                        column last_name    string           string
                        read by             LazySimpleSerDe  LazySimpleSerDe
                        rows                an estimate      15

                        """,
                        ""));
    }

    private long dataFiles() {
        return sandbox.s3()
                .listObjectsV2(list -> list.bucket(sandbox.sandbox().stagingBucket()))
                .keyCount();
    }

    private void feed(String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "100");
    }

    private CaravanProcess.Result run(String... args) {
        return CaravanProcess.run(directory, environment, args);
    }

    /** Waits until a query has this result. */
    private void until(CaravanProcess process, String what, String sql, String result) throws Exception {
        Waiting.until(what + "; stderr:\n" + process.stderr(), () -> caravan.lines(sql)
                .equals(List.of(result)));
    }
}
