package io.caravan.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.command.letter.DeadLetterReading;
import io.caravan.app.command.letter.DeadLettersCommand;
import io.caravan.app.command.letter.DeadLettersListCommand;
import io.caravan.app.command.letter.DeadLettersShowCommand;
import io.caravan.app.command.pass.LoadCommand;
import io.caravan.app.command.pass.LoadReading;
import io.caravan.app.command.pass.LoadsCommand;
import io.caravan.app.command.pass.LoadsListCommand;
import io.caravan.app.command.pass.LoadsShowCommand;
import io.caravan.app.command.pass.PreviewCommand;
import io.caravan.app.command.pass.StatusCommand;
import io.caravan.app.command.terminal.HelpCommand;
import io.caravan.app.preview.PreviewReport;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.LoadReport;
import io.caravan.app.report.PassReport;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.text.Screen;
import io.caravan.base.ErrorCode;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.PreviewedValue;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the commands print on terminals of 80 and 200 columns, with colours, elsewhere, as JSON and as CSV, as whole texts: they
 * stand in {@code screens.txt}. {@code -Dcaravan.test.write=true} writes them anew; read them before you keep them.
 */
class ScreensTest {

    private static final Path EXPECTED = Path.of("src/test/resources/io/caravan/app/command/screens.txt");

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final String KEY =
            "in/region=europe-west/2026/11/30/orders-of-the-whole-day-2026-11-30T115959Z-part-00001.csv.gz";
    private static final String LOAD = "20261130T120000.000Z-0123456789";
    private static final ObjectVersion OBJECT = new ObjectVersion("shop", KEY, "e1", 123_456, NOON);
    private static final ObjectVersion OTHER = new ObjectVersion("shop", "in/b.csv", "e2", 20, NOON);
    private static final LedgerEntry GOOD = new LedgerEntry(
            OBJECT,
            null,
            Outcome.LOADED,
            new LoadCounts(1_234_567, 1_000_000, 34_567, 200_000, 0, 0, 0, 0, 0),
            null,
            null);
    private static final LedgerEntry BAD = new LedgerEntry(
            OTHER,
            null,
            Outcome.REJECTED,
            new LoadCounts(3, 0, 0, 0, 0, 3),
            ErrorCode.OBJECT_UNKNOWN_COLUMN,
            "the header at line 1 names columns that the table lacks: colour; its columns are id, name, qty");
    private static final LoadRecord RECORD = new LoadRecord(
            LOAD,
            "orders",
            TableName.parse("public.orders"),
            NOON,
            NOON.plusSeconds(75),
            Outcome.LOADED,
            List.of(GOOD, BAD),
            new PhaseTimes(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(5)),
            null,
            null);

    /** They say one sentence, or lead a dialogue. */
    private static final Set<String> WITHOUT_FORMAT =
            Set.of("dead-letters drop", "objects rearm", "objects skip", "feed new", "feed new --dry-run");

    @TempDir
    private Path routes;

    @Test
    void everyCommandPrintsWhatItShouldWhereverThatGoes() throws IOException {
        Map<String, String[]> commands = new LinkedHashMap<>();
        commands.put("load", new String[] {"load"});
        commands.put("preview", new String[] {"preview"});
        commands.put("loads list", new String[] {"loads", "list"});
        commands.put("loads show", new String[] {"loads", "show", LOAD});
        commands.put("status", new String[] {"status"});
        commands.put("objects list", new String[] {"objects", "list"});
        commands.put("dead-letters list", new String[] {"dead-letters", "list"});
        commands.put("dead-letters list --summary", new String[] {"dead-letters", "list", "--summary"});
        commands.put("dead-letters show", new String[] {"dead-letters", "show"});
        commands.put("check", new String[] {"check"});
        commands.put("dead-letters replay", new String[] {"dead-letters", "replay", "--feed", "orders"});
        commands.put("dead-letters drop", new String[] {"dead-letters", "drop", "--feed", "orders"});
        commands.put("objects repaired", new String[] {"objects", "repaired"});
        commands.put("objects rearm", new String[] {"objects", "rearm", "--feed", "orders", "--key", "k"});
        commands.put("objects skip", new String[] {"objects", "skip", "--feed", "orders", "--prefix", "in/"});
        commands.put("verify", new String[] {"verify"});
        commands.put("feed new", new String[] {"feed", "new", "s3://shop/in/"});
        commands.put("feed new --dry-run", new String[] {"feed", "new", "s3://shop/in/", "--dry-run"});
        commands.put("crawl", new String[] {"crawl"});
        commands.put("sql", new String[] {"sql", "SELECT 1"});
        StringBuilder all = new StringBuilder();
        commands.forEach((name, arguments) -> {
            String narrow = run(Screen.plain(80), arguments);
            all.append(section(name, "80 columns", narrow));
            assertThat(narrow.lines().filter(line -> line.codePointCount(0, line.length()) > 80))
                    .as("lines of %s that wrap", name)
                    .isEmpty();
            all.append(section(name, "200 columns", run(Screen.plain(200), arguments)));
            all.append(section(
                    name,
                    "80 columns, with colours",
                    run(new Screen(80, true, true), arguments).replace("\u001b", "ESC")));
            all.append(section(name, "in a pipe", run(Screen.NONE, arguments)));
            if (!WITHOUT_FORMAT.contains(name)) {
                all.append(section(name, "json", run(Screen.NONE, with(arguments, "json"))));
                all.append(section(name, "csv", run(Screen.plain(80), with(arguments, "csv"))));
            }
        });
        if (Boolean.getBoolean("caravan.test.write")) {
            Files.createDirectories(EXPECTED.getParent());
            Files.writeString(EXPECTED, all.toString());
        }
        assertThat(all.toString()).isEqualTo(Files.readString(EXPECTED));
    }

    private static String section(String command, String where, String text) {
        return "==== " + command + ", " + where + "\n" + text;
    }

    private static String[] with(String[] arguments, String format) {
        String[] more = Arrays.copyOf(arguments, arguments.length + 2);
        more[arguments.length] = "--format";
        more[arguments.length + 1] = format;
        return more;
    }

    private String run(Screen screen, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        GlobalOptions options = new GlobalOptions();
        SettingsReader reader = new SettingsReader(
                Map.of(
                        "CARAVAN_WAREHOUSE_URL", "jdbc:redshift://warehouse.example:5439/shop",
                        "CARAVAN_WAREHOUSE_USER", "caravan",
                        "CARAVAN_WAREHOUSE_PASSWORD", "secret",
                        "CARAVAN_ROUTES_DIRECTORY", routes.toString()),
                List.of(routes));
        CommandContext context = new CommandContext(
                () -> options.read(reader), new Progress(writer, new TestingClock()), screen, writer, writer, writer);
        Reading reading = new Reading();
        ActedScreens acted = new ActedScreens(RECORD, KEY);
        List<Object> objects = new ArrayList<>(List.of(new ObjectsListCommand(context, reading::objects)));
        objects.addAll(acted.ofObjects(context));
        List<Object> letters = new ArrayList<>(
                List.of(new DeadLettersListCommand(context, reading), new DeadLettersShowCommand(context, reading)));
        letters.addAll(acted.ofLetters(context));
        List<Object> commands = new ArrayList<>(List.of(
                new LoadCommand(context, (settings, feeds, listener) -> passed(), reading::preview),
                new PreviewCommand(context, reading::preview),
                new LoadsCommand(new LoadsListCommand(context, reading), new LoadsShowCommand(context, reading)),
                new StatusCommand(context, (settings, address) -> HEALTH),
                new ObjectsCommand(objects.toArray()),
                new DeadLettersCommand(letters.toArray()),
                new CheckCommand(context, (settings, offline) -> checks())));
        commands.addAll(acted.others(context));
        commands.add(new HelpCommand());
        new Shell(options, commands, writer, writer).execute(arguments);
        writer.flush();
        return out.toString();
    }

    private static PassReport passed() {
        return new PassReport(
                new LoadReport(List.of(RECORD), List.of()),
                List.of(new RejectedRows(LOAD, "shop", KEY, "VALUE_FORMAT", 12, 5, "qty")),
                List.of());
    }

    private static List<CheckResult> checks() {
        return List.of(
                new CheckResult("settings", CheckResult.Verdict.OK, "caravan.warehouse.user = caravan"),
                new CheckResult("settings", CheckResult.Verdict.OK, "caravan.http.port = 8080"),
                new CheckResult(
                        "feed orders",
                        CheckResult.Verdict.WARNING,
                        "s3://shop/in/ overlaps s3://shop/in/region=europe-west/ of feed europe: objects under both are"
                                + " loaded by both"),
                new CheckResult("table public.orders", CheckResult.Verdict.INVALID, "there is no such table"));
    }

    private static final String HEALTH =
            """
            {
              "status": "ready",
              "reasons": [],
              "feeds": [
                {
                  "feed": "orders",
                  "role": "leader",
                  "state": "failing",
                  "lastLoad": "2026-11-30T12:00:00Z",
                  "backlogObjects": 12,
                  "lagSeconds": 340,
                  "errorCode": "OBJECT_STORE_BUSY",
                  "error": "S3 answers with HTTP 503 to 5 of 5 tries; the next one is in a minute",
                  "rejectedRows": 1234,
                  "objectsSetAside": 0
                },
                {
                  "feed": "customers",
                  "role": "standby"
                }
              ]
            }
            """;

    private static final class Reading implements LoadReading, DeadLetterReading {

        PreviewReport preview(Settings settings, Object request, Object listener) {
            return new PreviewReport(List.of(new FeedPreview(
                    "orders",
                    List.of(new LoadPreview(
                            RECORD,
                            7,
                            null,
                            List.of("ALTER TABLE \"public\".\"orders\" ADD COLUMN \"colour\" VARCHAR(20)"),
                            List.of("MERGE INTO \"public\".\"orders\"\nUSING caravan_changes"),
                            new Deletions(3, 3, 1_200_000, 0.2),
                            List.of(new PreviewedRow(
                                    RowEffect.UPDATED,
                                    1,
                                    4,
                                    Map.of("id", "2"),
                                    List.of(
                                            new PreviewedValue("qty", "2", "20"),
                                            new PreviewedValue("name", null, "b")))),
                            List.of(new RejectedCount(1, "VALUE_FORMAT", 1, 5, "qty")),
                            List.of(new PreviewedRejection(
                                    1, 5, "qty", "VALUE_FORMAT", "not a whole number", "5,e,x")))),
                    List.of("preSql and postSql are not run, and what they would change is not known"),
                    null)));
        }

        @Override
        public long read(Settings settings, LoadFilter filter, long limit, Consumer<PastLoad> action) {
            action.accept(new PastLoad(
                    LOAD,
                    "orders",
                    "public.orders",
                    NOON,
                    NOON.plusSeconds(75),
                    Outcome.LOADED,
                    2,
                    RECORD.counts(),
                    RECORD.times(),
                    true,
                    null,
                    null));
            if (filter.id() == null) {
                action.accept(new PastLoad(
                        "20261130T110000.000Z-9876543210",
                        "orders",
                        "public.orders",
                        NOON.minusSeconds(3_600),
                        NOON.minusSeconds(3_595),
                        Outcome.FAILED,
                        0,
                        LoadCounts.NONE,
                        PhaseTimes.NONE,
                        false,
                        "WAREHOUSE_DISK_FULL",
                        "The warehouse's disk is full, so that nothing was committed; the load is tried again"));
            }
            return 2;
        }

        @Override
        public Details details(Settings settings, PastLoad load) {
            return new Details(
                    RECORD.objects().stream().map(PastObject::of).toList(),
                    List.of(new RejectedRows(LOAD, "shop", KEY, "VALUE_FORMAT", 12, 5, "qty")));
        }

        long objects(Settings settings, Object filter, boolean history, long limit, Consumer<ObjectState> action) {
            states().forEach(action);
            return 2;
        }

        private static List<ObjectState> states() {
            return RECORD.objects().stream()
                    .map(entry -> new ObjectState(
                            "orders",
                            "shop",
                            entry.object().key(),
                            entry.object().etag(),
                            entry.outcome(),
                            entry.counts().read(),
                            entry.counts().rejected(),
                            LOAD,
                            NOON,
                            entry.errorCode() == null ? null : entry.errorCode().name(),
                            entry.error(),
                            null))
                    .toList();
        }

        @Override
        public long read(Settings settings, DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
            action.accept(new DeadLetter(
                    LOAD,
                    "orders",
                    "shop",
                    KEY,
                    "e1",
                    7,
                    1_234_567,
                    "qty",
                    "VALUE_FORMAT",
                    "not a whole number: character 1 is not a digit",
                    "5,\"e, or so\",x",
                    Status.OPEN,
                    null));
            return 1;
        }

        @Override
        public void count(Settings settings, DeadLetterFilter filter, Consumer<DeadLetterCount> action) {
            action.accept(new DeadLetterCount("orders", "VALUE_FORMAT", "price", Status.OPEN, 1_234, 2, LOAD, LOAD));
        }
    }

    @Test
    void helpTellsOfACommand() {
        String help = run(Screen.NONE, "help", "load");
        assertThat(help).startsWith("Usage: caravan load ").contains("--dry-run");
        assertThat(run(Screen.NONE, "help", "loads", "show")).startsWith("Usage: caravan loads show ");
        assertThat(run(Screen.NONE, "help")).isEqualTo(run(Screen.NONE, "--help"));
        assertThat(run(Screen.NONE, "help", "loads", "shew"))
                .isEqualTo("caravan: Unknown subcommand 'shew'.\nTry 'caravan loads --help'.\n");
    }
}
