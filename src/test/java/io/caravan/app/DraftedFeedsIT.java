package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds that {@code feed new} writes for objects as people have them, and what these load. The cases are in
 * {@code src/test/resources/io/caravan/app/drafts.txt}, written as those of {@link FileCase}: the parameters are those that the
 * feed's file must have. With {@code -Dcase=NAME} only those whose names begin so are tried.
 */
@ExtendWith(SandboxExtension.class)
class DraftedFeedsIT {

    private static final Path CASES = Path.of("src/test/resources/io/caravan/app/drafts.txt");
    private static final Pattern PARAMETER = Pattern.compile(" +- \\{ name: (\\w+), value: '(.*)' }");
    private static final List<String> ALWAYS = List.of("bucket", "prefix", "table", "createTable");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    DraftedFeedsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void whatIsDraftedLoadsAsItsCaseSays() throws Exception {
        String wanted = System.getProperty("case", "");
        List<FileCase> cases = FileCase.of(CASES).stream()
                .filter(one -> one.name.startsWith(wanted))
                .toList();
        TestingCaravan caravan = new TestingCaravan(sandbox, new RouteDirectory(directory));
        SoftAssertions soft = new SoftAssertions();
        for (FileCase one : cases) {
            one.rounds.get(0).forEach((key, content) -> sandbox.put(one.name + "/" + key, content));
            CaravanProcess.Result drafted = caravan.run(StagedBy.INSERT, "feed", "new", source(one));
            soft.assertThat(drafted.exitCode())
                    .as(one.name + drafted.stderr() + drafted.stdout())
                    .isEqualTo(one.refused == null ? ExitCode.DONE : ExitCode.INVALID);
            if (one.refused != null) {
                soft.assertThat(drafted.stdout() + drafted.stderr())
                        .as(one.name)
                        .contains(one.refused);
                soft.assertThat(file(one)).as(one.name).doesNotExist();
            } else if (Files.exists(file(one))) {
                soft.assertThat(written(one)).as(one.name).isEqualTo(one.parameters);
            }
            for (String said : one.log) {
                soft.assertThat(drafted.stdout()).as(one.name).contains(said);
            }
        }
        CaravanProcess.Result loaded = caravan.run(StagedBy.INSERT, "load");
        soft.assertThat(loaded.exitCode()).as(loaded.stderr()).isIn(ExitCode.DONE, ExitCode.REJECTED);
        for (FileCase one : cases) {
            if (one.rows != null) {
                soft.assertThat(rows(one))
                        .as(one.name)
                        .isEqualTo(one.rows.stream().sorted().toList());
            }
            if (one.columns != null) {
                soft.assertThat(shape(one)).as(one.name).isEqualTo(one.columns);
            }
        }
        soft.assertAll();
    }

    private String source(FileCase one) {
        return "s3://" + sandbox.bucket() + "/" + one.name + "/";
    }

    private Path file(FileCase one) {
        return directory.resolve(one.name + ".camel.yaml");
    }

    /** Returns the parameters of a feed's file that not every one has. */
    private Map<String, String> written(FileCase one) throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file(one))) {
            Matcher parameter = PARAMETER.matcher(line);
            if (parameter.matches() && !ALWAYS.contains(parameter.group(1))) {
                written.put(parameter.group(1), parameter.group(2).replace("''", "'"));
            }
        }
        return written;
    }

    private List<String> rows(FileCase one) throws SQLException {
        return sandbox.query("SELECT * FROM public." + one.name).stream()
                .map(row -> row.stream().map(FilesAsTheyAreIT::shown).collect(joining("|")))
                .sorted()
                .toList();
    }

    private String shape(FileCase one) throws SQLException {
        return sandbox
                .query("SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale"
                        + " FROM svv_columns WHERE table_schema = 'public' AND table_name = '" + one.name
                        + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> row.get(0) + " " + FilesAsTheyAreIT.type(row))
                .collect(joining(", "));
    }

    @Test
    void aDryRunAndAFileThatIsThereWriteNothing() throws IOException {
        TestingCaravan caravan = new TestingCaravan(sandbox, new RouteDirectory(directory));
        sandbox.put("twice/a.csv", "id;name\n1;x\n2;y\n");
        String source = "s3://" + sandbox.bucket() + "/twice/";
        Path file = directory.resolve("mine.camel.yaml");

        CaravanProcess.Result dry = caravan.run(
                StagedBy.INSERT, "feed", "new", source, "--table", "public.mine", "--keys", "name", "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(dry.stdout())
                .contains(
                        "delimiter  semicolon  sure",
                        "2 records: all good",
                        "CREATE TABLE IF NOT EXISTS \"public\".\"mine\"")
                .contains("keys         name");
        assertThat(file).doesNotExist();

        Files.writeString(file, "# mine\n");
        CaravanProcess.Result refused = caravan.run(StagedBy.INSERT, "feed", "new", source, "--table", "public.mine");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.stderr()).contains("There is " + file + " already");
        assertThat(file).hasContent("# mine\n");
    }

    @Test
    void checkTriesAFeedOnItsNewestObject() throws SQLException {
        RouteDirectory routes = new RouteDirectory(directory);
        sandbox.execute("CREATE TABLE public.tried (id INTEGER, name VARCHAR(20))");
        for (String name : List.of("good", "some", "none")) {
            routes.feed(name, "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public.tried", "keys", "id");
        }
        sandbox.put("good/a.csv", "id,name\nx,old\n");
        sandbox.put("good/b.csv", "id,name\n1,Anna\n2,Bo\n");
        sandbox.put("some/a.csv", "id,name\n1,Anna\n2,Bo,\nx,Cy\n");
        sandbox.put("none/a.csv", "Title\n\nid;name\n1;Anna\n2;Bo\n");

        String said = new TestingCaravan(sandbox, routes)
                .run(StagedBy.INSERT, "check")
                .stdout();

        assertThat(said)
                .containsPattern("feed good: newest object +ok +s3://.*/good/b.csv: 2 records: all good")
                .containsPattern("feed some: newest object +warning +s3://.*/some/a.csv: 3 records: 1 good, the first"
                        + " problem is line 3: CSV_FIELD_COUNT")
                .containsPattern(
                        "feed none: newest object +warning +s3://.*/none/a.csv: OBJECT_UNKNOWN_COLUMN: .*; with"
                                + " delimiter: semicolon, skipLines: 2 it would be 2 records: all good");
    }

    @Test
    void aLocalFileIsLookedAt() throws IOException {
        TestingCaravan caravan = new TestingCaravan(sandbox, new RouteDirectory(directory));
        Path file = Files.writeString(directory.resolve("Orders 2024.csv"), "id\tname\n1\tx\n");

        CaravanProcess.Result result = caravan.run(StagedBy.INSERT, "feed", "new", file.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.stdout()).contains("delimiter    tab", "public.orders_2024", "1 record: good");
    }
}
