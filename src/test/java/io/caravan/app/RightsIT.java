package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.status.Replica;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.spi.Membership;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Caravan may do, as real users of the warehouse who have what was granted to them and nothing else. */
@ExtendWith(SandboxExtension.class)
class RightsIT {

    private static final String PASSWORD = "Abcdef12";
    private static final Path MANUAL = Path.of("docs", "operations.md");
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("run: (.*)\"");

    /** Each needs other rights of its table: parameters, the objects of two passes, and what is in the table then. */
    private static final Map<String, List<String>> FEEDS = new TreeMap<>(Map.of(
            "upsert", List.of("keys", "id"),
            "inserts",
                    List.of(
                            "keys",
                            "id",
                            "mode",
                            "insert-only",
                            "keepSuperseded",
                            "true",
                            "onInvalid",
                            "name=truncate"),
            "updates", List.of("keys", "id", "mode", "update-only"),
            "appends", List.of("mode", "append"),
            "replaces", List.of("mode", "replace", "maxDeletedRatio", "1"),
            "marks", List.of("keys", "id", "mode", "mirror", "maxDeletedRatio", "1", "deletedColumn", "gone"),
            "changes", List.of("keys", "id", "mode", "changes"),
            "history", List.of("keys", "id", "mode", "history", "closeMissing", "true"),
            "evolves", List.of("keys", "id", "schema", "evolve"),
            "created", List.of("keys", "id", "createTable", "true")));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    RightsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void theGrantsOfTheManualAreEnough() throws SQLException {
        Case c = new Case("manual", "upsert", "changes");
        c.administer(manual(0));

        assertThat(c.check(0)).isEmpty();
        c.loadTwice(StagedBy.COPY);
        assertThat(c.check(0)).isEmpty();
        c.replayAndList();
    }

    @Test
    void aSchemaThatWasMadeBeforehandIsEnough() throws SQLException {
        Case c = new Case("beforehand", "upsert");
        c.administer(manual(0).stream()
                .filter(statement -> !statement.contains("ON DATABASE"))
                .toList());
        c.administer(manual(1));

        assertThat(c.check(0)).isEmpty();
        c.announceAsReplica();
        c.loadTwice(StagedBy.COPY);
        assertThat(c.check(0)).isEmpty();
    }

    @Test
    void checkPrintsTheVeryGrantsThatAreMissing() throws SQLException {
        Case c = new Case("grants", FEEDS.keySet().toArray(String[]::new));
        c.execute("CREATE USER " + c.user + " PASSWORD '" + PASSWORD + "'");

        List<String> missing = c.check(2);
        assertThat(missing)
                .contains(
                        "GRANT TEMP ON DATABASE \"" + c.database + "\" TO \"" + c.user + "\"",
                        "GRANT CREATE ON DATABASE \"" + c.database + "\" TO \"" + c.user + "\"",
                        "GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE ON \"public\".\"upsert\" TO \"" + c.user + "\"",
                        "GRANT SELECT, UPDATE ON \"public\".\"updates\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT ON \"public\".\"appends\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, DELETE ON \"public\".\"replaces\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON \"public\".\"changes\" TO \"" + c.user + "\"",
                        "ALTER TABLE \"public\".\"evolves\" OWNER TO \"" + c.user + "\"");
        c.execute(missing.toArray(String[]::new));

        assertThat(c.check(0)).isEmpty();
        assertThat(c.grants()).as("the role is everybody's").isEmpty();
        c.loadTwice(StagedBy.INSERT);
        // Whatever is taken away is seen, and only that.
        c.execute("REVOKE UPDATE ON public.upsert FROM " + c.user, "REVOKE ASSUMEROLE ON ALL FROM PUBLIC FOR ALL");
        assertThat(c.grants())
                .containsExactly(
                        "GRANT UPDATE ON \"public\".\"upsert\" TO \"" + c.user + "\"",
                        "GRANT ASSUMEROLE ON '" + c.part.sandbox().iamRole() + "' TO \"" + c.user + "\" FOR COPY");
        c.execute("GRANT ASSUMEROLE ON ALL TO PUBLIC FOR ALL");
        assertThat(c.check(2)).containsExactly("GRANT UPDATE ON \"public\".\"upsert\" TO \"" + c.user + "\"");
    }

    @Test
    void grantsOfAUserWhoIsNotThereYetAreAllThatIsNeeded() throws SQLException {
        Case c = new Case("offline", FEEDS.keySet().toArray(String[]::new));
        List<String> offline = c.grants("--offline");
        assertThat(offline)
                .contains(
                        "GRANT CREATE ON DATABASE \"" + c.database + "\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE ON \"public\".\"upsert\" TO \"" + c.user + "\"",
                        "ALTER TABLE \"public\".\"evolves\" OWNER TO \"" + c.user + "\"",
                        "GRANT ASSUMEROLE ON '" + c.part.sandbox().iamRole() + "' TO \"" + c.user + "\" FOR COPY");
        // The login is refused.
        assertThat(c.grants()).isEqualTo(offline);
        assertThat(c.grants("--offline", "--user", "IAMR:pods"))
                .as("the settings say who it is, and the option wins")
                .contains("GRANT TEMP ON DATABASE \"" + c.database + "\" TO \"IAMR:pods\"");

        c.execute("CREATE USER " + c.user + " PASSWORD '" + PASSWORD + "'");
        c.execute(offline.toArray(String[]::new));
        assertThat(c.grants()).isEmpty();
        assertThat(c.check(0)).isEmpty();
        c.loadTwice(StagedBy.COPY);
        assertThat(c.grants()).isEmpty();
        // The ledger is there now, and the table that is created.
        assertThat(c.grants("--all"))
                .contains(
                        "GRANT USAGE ON SCHEMA \"caravan\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE ON \"caravan\".\"objects_public_upsert\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE ON \"public\".\"created\" TO \"" + c.user + "\"");
        // A table that nobody has created yet, but somebody will.
        c.execute("DROP TABLE public.appends CASCADE");
        assertThat(c.grants()).containsExactly("GRANT SELECT, INSERT ON \"public\".\"appends\" TO \"" + c.user + "\"");
    }

    @Test
    void theLedgerOfAnotherUserIsUsedWhereItIsGranted() throws SQLException {
        Case c = new Case("others", "upsert", "inserts");
        c.administer(manual(0));
        c.asAdministrator("upsert");
        TestingCaravan caravan = c.caravan;

        List<String> missing = c.check(2);
        assertThat(missing)
                .contains(
                        "GRANT USAGE, CREATE ON SCHEMA \"caravan\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT, UPDATE ON \"caravan\".\"objects_public_upsert\" TO \"" + c.user + "\"",
                        "GRANT SELECT, INSERT ON \"caravan\".\"loads\" TO \"" + c.user + "\"",
                        "GRANT INSERT ON \"caravan\".\"repaired_values\" TO \"" + c.user + "\"");
        c.execute(missing.toArray(String[]::new));
        assertThat(c.check(0)).isEmpty();
        // Views of others over a target, its ledger and the view of all ledgers.
        c.execute(
                "CREATE VIEW public.seen AS SELECT id, name FROM public.upsert",
                "CREATE VIEW public.done AS SELECT object_key, outcome FROM caravan.objects_public_upsert",
                "CREATE VIEW public.all_done AS SELECT object_key FROM caravan.objects WITH NO SCHEMA BINDING");
        c.put("upsert", 1);
        c.put("inserts", 0);
        assertThat(caravan.load(StagedBy.COPY, "upsert")).isNotEmpty();
        // A new ledger, which the view of all of them, somebody else's, cannot show.
        assertThat(caravan.load(StagedBy.COPY, "inserts")).isNotEmpty();
        // What is asked of one feed needs nothing of the ledgers of others.
        c.execute("REVOKE SELECT ON caravan.objects_public_upsert FROM " + c.user);
        assertThat(caravan.run(StagedBy.COPY, "objects", "list", "--feed", "inserts")
                        .stdout())
                .contains("inserts/0.csv");
        c.execute("GRANT SELECT ON caravan.objects_public_upsert TO " + c.user);

        // As an earlier release left it.
        c.execute(
                "DROP VIEW caravan.objects CASCADE",
                "DROP VIEW public.done",
                "ALTER TABLE caravan.objects_public_upsert DROP COLUMN content_sha256",
                "ALTER TABLE caravan.objects_public_upsert DROP COLUMN same_content_as");
        c.put("upsert", 2);
        LoadReport report = caravan.report(StagedBy.COPY, "upsert");
        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.message())
                .contains(
                        "The ledger of public.upsert is that of an earlier release, and lacks columns that the user of"
                                + " caravan.warehouse.user may not add; have the table's owner run: ALTER TABLE"
                                + " caravan.\"objects_public_upsert\" ADD COLUMN content_sha256"));
        List<String> columns = c.check(2);
        assertThat(columns).hasSize(3);
        c.execute(columns.toArray(String[]::new));
        assertThat(c.check(0)).isEmpty();
        assertThat(caravan.load(StagedBy.COPY, "upsert")).isNotEmpty();
    }

    /** The statements of one of the manual's blocks that grant, without their comments. */
    private static List<String> manual(int number) {
        try {
            String text = Files.readString(MANUAL, UTF_8);
            String granting = text.substring(text.indexOf("as the administrator"));
            List<String> blocks = BLOCK.matcher(granting)
                    .results()
                    .map(block -> block.group(1))
                    .toList();
            return Stream.of(blocks.get(number).replaceAll("--.*", "").split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database, its tables, and a user whom nobody has granted anything, not even what PUBLIC has elsewhere. */
    private final class Case {

        private final TestSandbox part;
        private final String database;
        private final String user;
        private final List<String> feeds;
        private final TestingCaravan administrator;
        private final TestingCaravan caravan;

        Case(String name, String... feeds) throws SQLException {
            this.part = sandbox.part(name);
            this.database = part.query("SELECT current_database()").get(0).get(0);
            this.user = "rights_" + name;
            this.feeds = List.of(feeds);
            RouteDirectory routes = new RouteDirectory(directory.resolve(name));
            execute(
                    "REVOKE TEMP ON DATABASE \"" + database + "\" FROM PUBLIC",
                    "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (String feed : feeds) {
                List<String> parameters = new ArrayList<>(
                        List.of("bucket", part.bucket(), "prefix", feed + "/", "table", "public." + feed));
                parameters.addAll(FEEDS.get(feed));
                routes.feed(feed, parameters.toArray(String[]::new));
                if (!feed.equals("created")) {
                    execute("CREATE TABLE public." + feed + " (id INTEGER NOT NULL, name VARCHAR(5)"
                            + (feed.equals("marks") ? ", gone BOOLEAN" : "")
                            + (feed.equals("history")
                                    ? ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN"
                                    : "")
                            + ")");
                }
                if (feed.equals("updates")) {
                    execute("INSERT INTO public.updates VALUES (1, 'old')");
                }
            }
            this.administrator = new TestingCaravan(part, routes);
            this.caravan = administrator.as(user, PASSWORD);
        }

        void execute(String... statements) throws SQLException {
            part.execute(statements);
        }

        /** Runs what the manual says, for this user, database, role and these tables. */
        void administer(List<String> statements) throws SQLException {
            for (String statement : statements) {
                String mine = statement
                        .replaceAll("(USER|TO) caravan\\b", "$1 " + user)
                        .replace("'…'", "'" + PASSWORD + "'")
                        .replace("DATABASE dev", "DATABASE \"" + database + "\"")
                        .replaceAll("'arn:.*?'", "'" + part.sandbox().iamRole() + "'");
                assertThat(mine).doesNotContain("…");
                if (mine.contains("public.employee")) {
                    for (String feed : feeds) {
                        execute(mine.replace("public.employee", "public." + feed));
                    }
                } else {
                    execute(mine);
                }
            }
        }

        /** Returns the statements that {@code check} says to run. */
        List<String> check(int exitCode) {
            Result result = caravan.run(StagedBy.COPY, "check", "--format", "json");
            assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(exitCode);
            return STATEMENT
                    .matcher(result.stdout())
                    .results()
                    .map(match -> match.group(1).replace("\\\"", "\""))
                    .toList();
        }

        /** Returns the statements of {@code grants}, which are the same as JSON and as SQL with comments. */
        List<String> grants(String... options) {
            String[] command =
                    Stream.concat(Stream.of("grants"), Stream.of(options)).toArray(String[]::new);
            Result result = caravan.run(StagedBy.COPY, command);
            assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(ExitCode.DONE);
            List<String> statements = result.stdout()
                    .lines()
                    .filter(line -> !line.startsWith("-- "))
                    .map(line -> line.replaceFirst(";$", ""))
                    .toList();
            String json = caravan.run(
                            StagedBy.COPY,
                            Stream.concat(Stream.of(command), Stream.of("--format", "json"))
                                    .toArray(String[]::new))
                    .stdout();
            assertThat(statements).allSatisfy(statement -> assertThat(json).contains(statement.replace("\"", "\\\"")));
            return statements;
        }

        void put(String feed, int pass) {
            String change = feed.equals("changes") ? "Op," : "";
            String row = feed.equals("changes") ? (pass == 0 ? "I," : "U,") : "";
            String gone = feed.equals("changes") && pass == 1 ? "D,2,b\n" : "";
            part.put(
                    feed + "/" + pass + ".csv",
                    change + "id,name\n"
                            + (pass == 0
                                    ? row + "1,a\n" + row + "2,b\n" + row + "7,too long for it\n"
                                    : row + "1,z\n" + row + "3,c\n" + gone));
        }

        void loadTwice(StagedBy stagedBy) {
            for (int pass = 0; pass < 2; pass++) {
                for (String feed : feeds) {
                    put(feed, pass);
                }
                LoadReport report = caravan.report(stagedBy);
                assertThat(report.failures()).isEmpty();
                assertThat(report.loads()).hasSameSizeAs(feeds);
            }
        }

        void asAdministrator(String feed) {
            put(feed, 0);
            administrator.load(StagedBy.COPY, feed);
        }

        void replayAndList() {
            for (List<String> command : List.of(
                    List.of("objects", "list"),
                    List.of("dead-letters", "list"),
                    List.of("dead-letters", "replay", "--feed", "upsert"),
                    List.of("dead-letters", "drop", "--feed", "changes"),
                    List.of("objects", "rearm", "--feed", "upsert", "--prefix", "upsert/"),
                    List.of("objects", "skip", "--feed", "upsert", "--prefix", "upsert/"))) {
                Result result = caravan.run(StagedBy.COPY, command.toArray(String[]::new));
                assertThat(result.exitCode())
                        .as(command + result.stdout() + result.stderr())
                        .isIn(ExitCode.DONE, ExitCode.REJECTED);
            }
        }

        /** As the election by the warehouse does. */
        void announceAsReplica() {
            Settings settings = caravan.settings(StagedBy.COPY);
            try (RedshiftWarehouse warehouse = Wiring.warehouse(settings);
                    Membership membership = warehouse.membership()) {
                assertThat(membership.announce(new Replica("r", Set.of(), Set.of())))
                        .hasSize(1);
            }
        }
    }
}
