package io.caravan.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.command.pass.LoadCommand;
import io.caravan.app.demo.DemoCommand;
import io.caravan.app.preview.PreviewReport;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.LoadReport;
import io.caravan.app.report.PassReport;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.text.Screen;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellTest {

    private static final LoadRecord LOAD = load(new LoadCounts(1, 1, 0, 0, 0, 0));

    private static final String TABLE =
            """
            feed    object         read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
            orders  s3://in/1.csv     1         1        0          0        0      0           0         0  loaded
            """;

    @TempDir
    private Path routes;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PrintWriter outWriter = new PrintWriter(out);
    private final PrintWriter errWriter = new PrintWriter(err);
    private final GlobalOptions options = new GlobalOptions();
    private final List<Object> seen = new ArrayList<>();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new InvalidConfigurationException(ErrorCode.SETTING_MISSING, "no url"),
                        2,
                        "caravan: SETTING_MISSING: no url\n"),
                Arguments.of(
                        new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "host is away"),
                        1,
                        "caravan: WAREHOUSE_UNREACHABLE: host is away\n"),
                Arguments.of(
                        new RuntimeException(
                                "wrapped", new InvalidConfigurationException(ErrorCode.ROUTE_FILE, "orders.yaml")),
                        2,
                        "caravan: ROUTE_FILE: orders.yaml\n"),
                Arguments.of(
                        new RejectedObjectException(ErrorCode.OBJECT_CHARSET, "not UTF-8"),
                        1,
                        "caravan: OBJECT_CHARSET: not UTF-8\n"),
                Arguments.of(
                        new IOException("port 9000 is taken"),
                        1,
                        "caravan: unexpected IOException: port 9000 is taken (--verbose shows where it comes from)\n"),
                Arguments.of(
                        new IllegalStateException("row 'Smith'", new BatchUpdateException("row 'Smith'", new int[0])),
                        1,
                        "caravan: unexpected IllegalStateException (--verbose shows where it comes from)\n"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAnExitCodeAndAMessage(Exception failure, int exitCode, String message) {
        Shell shell = shell(run(() -> {
            throw failure;
        }));

        assertThat(shell.execute(run())).isEqualTo(exitCode);
        assertThat(err).hasToString(message);
        assertThat(out).hasToString("");
    }

    @Test
    void anErrorIsAFailureToo() {
        assertThat(shell(run(() -> {
                            throw new StackOverflowError();
                        }))
                        .execute(run()))
                .isEqualTo(1);
        assertThat(err).hasToString("caravan: unexpected StackOverflowError (--verbose shows where it comes from)\n");
    }

    @Test
    void verboseShowsTheStackTrace() {
        Shell shell = shell(run(() -> {
            throw new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "host is away");
        }));

        assertThat(shell.execute(run("--verbose"))).isEqualTo(1);
        assertThat(err.toString()).contains("caravan: WAREHOUSE_UNREACHABLE: host is away\n", "\tat io.caravan.app.");
    }

    @Test
    void usageErrorsSayWhereHelpIs() {
        Shell shell = shell(run(() -> 0));

        assertThat(shell.execute("run", "--verbos")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        caravan: Unknown option: '--verbos'
                        Possible solutions: --version, --verbose
                        Try 'caravan run --help'.
                        """);
    }

    @Test
    void aCommandIsNeeded() {
        assertThat(shell(run(() -> 0)).execute()).isEqualTo(2);
        assertThat(err).hasToString("caravan: Missing required subcommand\nTry 'caravan --help'.\n");
    }

    @Test
    void helpAndVersionGoToStdout() {
        assertThat(shell(run(() -> 0)).execute("--help")).isEqualTo(0);
        assertThat(out.toString()).contains("run", "--properties=FILE", "3  done, but rows or objects were rejected");
        assertThat(shell(run(() -> 0)).execute("run", "--help")).isEqualTo(0);
        assertThat(shell(run(() -> 0)).execute("--version")).isEqualTo(0);
        assertThat(out.toString())
                .contains("Caravan (not from a jar), commit unknown, Java " + Runtime.version() + ", Camel unknown");
        assertThat(err).hasToString("");
    }

    @Test
    void settingsComeFromWhatTheOptionsName() {
        RunCommand run = new RunCommand(context(), settings -> {
            seen.add(settings.routes().directory());
            return 0;
        });

        assertThat(shell(run).execute("run", "--routes", routes.toString())).isEqualTo(0);
        assertThat(shell(run).execute("--routes", routes.toString(), "run")).isEqualTo(0);
        assertThat(seen).containsExactly(routes, routes);
    }

    @Test
    void loadPrintsATable() {
        assertThat(load(new LoadReport(List.of(LOAD), List.of()), "--feed", "orders", "--feed", "employee"))
                .isEqualTo(0);
        assertThat(seen).containsExactly("orders", "employee");
        assertThat(out).hasToString(TABLE);
    }

    @Test
    void loadPrintsJson() {
        assertThat(load(new LoadReport(List.of(load(new LoadCounts(1, 0, 0, 0, 0, 1))), List.of()), "--format", "json"))
                .isEqualTo(3);
        assertThat(out)
                .hasToString(
                        """
                [
                  {"feed": "orders", "object": "s3://in/1.csv", "read": 1, "inserted": 0, "updated": 0, "unchanged": 0, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 1, "outcome": "loaded"}
                ]
                """);
    }

    @Test
    void aFailedLoadWeighsMoreThanARejectedRow() {
        assertThat(load(new LoadReport(
                        List.of(LOAD),
                        List.of(new LoadReport.Failure(
                                "employee", null, new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "later"))))))
                .isEqualTo(1);
        assertThat(out).hasToString(TABLE);
        assertThat(err).hasToString("caravan: feed employee: WAREHOUSE_CONFLICT: later\n");
    }

    @Test
    void checkSaysAllThatIsWrong() {
        CheckCommand check = new CheckCommand(context(), (settings, offline) -> {
            seen.add(offline);
            return List.of(
                    new CheckResult("orders", CheckResult.Verdict.INVALID, "no key"),
                    new CheckResult("bucket in", CheckResult.Verdict.FAILED, "not reached"),
                    new CheckResult("warehouse", CheckResult.Verdict.OK, "8.0.2"));
        });

        assertThat(shell(check).execute("check", "--offline", "--routes", routes.toString()))
                .isEqualTo(2);
        assertThat(seen).containsExactly(true);
        assertThat(out)
                .hasToString(
                        """
                what       result   detail
                orders     invalid  no key
                bucket in  failed   not reached
                warehouse  ok       8.0.2
                """);
    }

    @Test
    void aMissingSandboxIsSaidToBeSo() {
        DemoCommand demo = new DemoCommand((keep, format) -> {
            throw new NoClassDefFoundError("org/gaul/s3proxy/S3Proxy");
        });

        assertThat(shell(demo).execute("demo", "--keep")).isEqualTo(2);
        assertThat(err.toString()).startsWith("caravan: SETTING_INVALID: this image has no sandbox, ");
    }

    private int load(LoadReport report, String... arguments) {
        LoadCommand load = new LoadCommand(
                context(),
                (settings, feeds, listener) -> {
                    seen.addAll(feeds);
                    return new PassReport(report, List.of(), List.of());
                },
                (settings, request, listener) -> new PreviewReport(List.of()));
        return shell(load)
                .execute(Stream.concat(Stream.of("load", "--routes", routes.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private String[] run(String... arguments) {
        return Stream.concat(Stream.of("run", "--routes", routes.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private RunCommand run(ServiceBody body) {
        return new RunCommand(context(), settings -> body.run());
    }

    private interface ServiceBody {
        int run() throws Exception;
    }

    private CommandContext context() {
        SettingsReader reader =
                new SettingsReader(Map.of("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://host:5439/dev"), List.of(routes));
        return new CommandContext(
                () -> options.read(reader),
                new Progress(errWriter, new TestingClock()),
                Screen.NONE,
                outWriter,
                outWriter,
                errWriter);
    }

    private Shell shell(Object command) {
        return new Shell(options, List.of(command), outWriter, errWriter);
    }

    private static LoadRecord load(LoadCounts counts) {
        ObjectVersion object = new ObjectVersion("in", "1.csv", "e", 1, Instant.EPOCH);
        return new LoadRecord(
                "l1",
                "orders",
                TableName.parse("orders"),
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(new LedgerEntry(object, null, Outcome.LOADED, counts, null, null)),
                PhaseTimes.NONE,
                null,
                null);
    }
}
