package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files as people have them, loaded by feeds as people write them. What is right of each stands beside it in
 * {@code src/test/resources/io/caravan/app/files}. With {@code -Dcase=NAME} only those whose names begin so are loaded.
 */
@ExtendWith(SandboxExtension.class)
class FilesAsTheyAreIT {

    private static final List<String> NO_KEYS = List.of("append", "replace");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    FilesAsTheyAreIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void theyLoadAsTheirCaseSays() throws Exception {
        String wanted = System.getProperty("case", "");
        List<FileCase> cases = FileCase.all().stream()
                .filter(one -> one.name.startsWith(wanted))
                .toList();
        assertThat(cases.stream().map(FileCase::toString)).isNotEmpty().doesNotHaveDuplicates();
        RouteDirectory routes = new RouteDirectory(directory);
        for (FileCase one : cases) {
            if (one.table != null) {
                sandbox.execute("CREATE TABLE public." + one.name + " (" + one.table + ")");
            }
            routes.feed(one.name, parameters(one));
        }
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        List<LoadReport> reports = new ArrayList<>();
        List<String> log;
        try (RememberedLog remembered = new RememberedLog()) {
            for (int round = 0; round < rounds(cases); round++) {
                reports.add(load(caravan, cases, round));
            }
            log = remembered.messages();
        }

        SoftAssertions soft = new SoftAssertions();
        for (FileCase one : cases) {
            String failures = failures(one, reports);
            if (one.refused == null) {
                soft.assertThat(failures).as(one.name).isEmpty();
            } else {
                soft.assertThat(failures).as(one.name).contains(one.refused);
            }
            if (one.columns != null) {
                soft.assertThat(shape(one)).as(one.name).isEqualTo(one.columns);
            }
            if (one.rows != null) {
                soft.assertThat(rows(one)).as(one.name).isEqualTo(sorted(one.rows));
            }
            soft.assertThat(rejected(one)).as(one.name).isEqualTo(one.rejected);
            for (String said : one.log) {
                soft.assertThat(log.stream().filter(line -> line.contains(one.name)))
                        .as(one.name)
                        .anySatisfy(line -> assertThat(line).contains(said));
            }
        }
        soft.assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        soft.assertAll();
        readersSeeTheSame(caravan, cases);
    }

    /** Or they are told of what they see otherwise. */
    private void readersSeeTheSame(TestingCaravan caravan, List<FileCase> cases) throws Exception {
        ReadersOfFiles readers = new ReadersOfFiles(sandbox, caravan.settings(StagedBy.INSERT));
        SoftAssertions soft = new SoftAssertions();
        int alike = 0;
        for (FileCase one : cases) {
            if (!readers.hasTable(one.name)) {
                continue;
            }
            Set<String> own = ReadersOfFiles.columns(one.parameters.get("formats"));
            own.addAll(ReadersOfFiles.columns(one.parameters.get("onInvalid")));
            List<String> differences = readers.differences(one, own);
            List<String> warnings = readers.warnings(one.name);
            alike += differences.isEmpty() ? 1 : 0;
            soft.assertThat(warnings.isEmpty() && !differences.isEmpty())
                    .as("%s: %s, and nobody is told", one.name, differences)
                    .isFalse();
            soft.assertThat(differences.isEmpty() && warnings.toString().contains("reads"))
                    .as("%s: readers see the same, and are told %s", one.name, warnings)
                    .isFalse();
        }
        soft.assertThat(alike).as("published tables that are read right").isGreaterThan(cases.size() / 4);
        soft.assertAll();
    }

    @Test
    void checkShowsTheTableThatTheyWouldMake() {
        RouteDirectory routes = new RouteDirectory(directory);
        routes.ownFeed(
                "look",
                sandbox.bucket(),
                "id",
                "createTable",
                "true",
                "skipLines",
                "1",
                "skipAfterHeader",
                "1",
                "skipLastLines",
                "1",
                "comment",
                "#",
                "names",
                "snake");
        sandbox.put("look/a.csv", "title \"\n# c\nID,Unit Price,unit_price,\n,$,$,\n1,2,3,\n2,2,4,\nsum,,,\n");

        assertThat(new TestingCaravan(sandbox, routes)
                        .run(StagedBy.INSERT, "check")
                        .stdout())
                .contains("(\"id\" INTEGER NOT NULL, \"unit_price\" INTEGER, \"unit_price_2\" INTEGER)")
                .contains("the header names \"unit_price\" twice; field 3 is the column \"unit_price_2\"");
    }

    /** What a feed says of the lines around rows says nothing of the rejected ones, which were taken out of there. */
    @Test
    void rejectedRecordsAreReplayedWithoutWhatStoodAroundThem() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory);
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        sandbox.execute(
                "CREATE TABLE public.again_lines (id INTEGER, full_name VARCHAR(5), note VARCHAR(5))",
                "CREATE TABLE public.again_names (id INTEGER, full_name VARCHAR(5), note VARCHAR(5))");
        routes.ownFeed(
                "again_lines",
                sandbox.bucket(),
                "id",
                Stream.of(
                                "skipLines=1",
                                "skipAfterHeader=1",
                                "skipLastLines=2",
                                "comment=#",
                                "names=snake",
                                "shortRows=null")
                        .flatMap(parameter -> Stream.of(parameter.split("=")))
                        .toArray(String[]::new));
        routes.ownFeed(
                "again_names", sandbox.bucket(), "id", "header", "id,full name,note", "columns", "full name=full_name");
        sandbox.put(
                "again_lines/a.csv",
                "title \"\nid,Full Name,note,\n,units\n1,Anna,x,\n# c\n2,too long,y,\n3,too long,,\n4,as long\nx\n\n");
        sandbox.put("again_names/a.csv", "1,Anna,x,\n2,too long,y,\n3,too long\n");

        assertThat(caravan.load(StagedBy.INSERT, "again_lines"))
                .containsExactly("again_lines/a.csv loaded 4 1 0 0 0 3");
        assertThat(caravan.load(StagedBy.INSERT, "again_names"))
                .containsExactly("again_names/a.csv loaded 3 1 0 0 0 2");
        assertThat(sandbox.lines("SELECT feed, line_number FROM caravan.dead_letters WHERE feed LIKE 'again%'"
                        + " ORDER BY feed, line_number"))
                .containsExactly("again_lines 6", "again_lines 7", "again_lines 8", "again_names 2", "again_names 3");
        for (String table : List.of("again_lines", "again_names")) {
            sandbox.execute("ALTER TABLE public." + table + " ALTER COLUMN full_name TYPE VARCHAR(20)");
            assertThat(caravan.run(StagedBy.INSERT, "dead-letters", "replay", "--feed", table)
                            .stderr())
                    .isEmpty();
        }

        assertThat(sandbox.lines("SELECT * FROM public.again_lines ORDER BY id"))
                .containsExactly("1 Anna x", "2 too long y", "3 too long null", "4 as long null");
        assertThat(sandbox.lines("SELECT * FROM public.again_names ORDER BY id"))
                .containsExactly("1 Anna x", "2 too long y");
        assertThat(sandbox.lines("SELECT feed, line_number, status FROM caravan.dead_letters WHERE feed LIKE 'again%'"
                        + " AND status = 'open'"))
                .containsExactly("again_names 3 open");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    /** Files are loaded one after the other, as they arrive. */
    @Test
    void recipesOfTheManualMakeTheirTables() throws Exception {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (Recipe recipe : Recipe.all()) {
            recipes.put("recipe_" + recipes.size(), recipe);
        }
        assertThat(recipes).isNotEmpty();
        RouteDirectory routes = new RouteDirectory(directory);
        for (Map.Entry<String, Recipe> recipe : recipes.entrySet()) {
            String name = recipe.getKey();
            routes.file(name + ".camel.yaml", recipe.getValue().feed(name, sandbox.bucket()));
            if (!recipe.getValue().definition(name).isEmpty()) {
                sandbox.execute(recipe.getValue().definition(name));
            }
        }
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        SoftAssertions soft = new SoftAssertions();
        for (int file = 0; ; file++) {
            List<String> feeds = new ArrayList<>();
            for (Map.Entry<String, Recipe> recipe : recipes.entrySet()) {
                List<String> keys = List.copyOf(recipe.getValue().objects.keySet());
                if (keys.size() > file) {
                    feeds.add(recipe.getKey());
                    sandbox.put(
                            recipe.getKey() + "/" + keys.get(file),
                            bytes(
                                    keys.get(file),
                                    requireNonNull(recipe.getValue().objects.get(keys.get(file)))));
                }
            }
            if (feeds.isEmpty()) {
                break;
            }
            soft.assertThat(caravan.report(StagedBy.INSERT, feeds.toArray(String[]::new))
                            .failures())
                    .isEmpty();
        }

        for (Map.Entry<String, Recipe> recipe : recipes.entrySet()) {
            String name = recipe.getKey();
            Recipe said = recipe.getValue();
            List<String> table = new ArrayList<>(List.of(String.join(
                    "|",
                    sandbox.lines("SELECT column_name FROM svv_columns WHERE table_name = '" + name
                            + "' ORDER BY ordinal_position"))));
            table.addAll(nullInWords("SELECT * FROM public." + name + " ORDER BY 1"));
            soft.assertThat(table).as(said.title).isEqualTo(said.table);
            if (!said.answer.isEmpty()) {
                soft.assertThat(nullInWords(said.question(name)))
                        .as(said.title)
                        .isEqualTo(said.answer.subList(1, said.answer.size()));
            }
        }
        soft.assertAll();
    }

    private List<String> nullInWords(String sql) throws SQLException {
        return shown(sql, "|").stream().map(row -> row.replace("∅", "NULL")).toList();
    }

    private static byte[] bytes(String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return key.endsWith(".zip") ? FileCase.zip(bytes) : bytes;
    }

    private String[] parameters(FileCase one) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("bucket", sandbox.bucket(), "prefix", one.name + "/", "table", "public." + one.name));
        all.putAll(one.parameters);
        if (!all.containsKey("keys") && !NO_KEYS.contains(all.getOrDefault("mode", ""))) {
            all.put("mode", "append");
        }
        return all.entrySet().stream()
                .flatMap(parameter -> Stream.of(parameter.getKey(), parameter.getValue()))
                .toArray(String[]::new);
    }

    private static int rounds(List<FileCase> cases) {
        return cases.stream().mapToInt(one -> one.rounds.size()).max().orElse(0);
    }

    private LoadReport load(TestingCaravan caravan, List<FileCase> cases, int round) {
        List<FileCase> some =
                cases.stream().filter(one -> one.rounds.size() > round).toList();
        some.forEach(
                one -> one.rounds.get(round).forEach((key, content) -> sandbox.put(one.name + "/" + key, content)));
        return caravan.report(
                StagedBy.INSERT, some.stream().map(one -> one.name).toArray(String[]::new));
    }

    /** Returns why the feed or one of its objects did not load; empty if all did. */
    private String failures(FileCase one, List<LoadReport> reports) throws SQLException {
        Stream<String> failed = reports.stream()
                .flatMap(report -> report.failures().stream())
                .filter(failure -> failure.feed().equals(one.name))
                .map(LoadReport.Failure::message);
        List<String> rejected = hasLedger()
                ? sandbox.lines("SELECT error_code, error FROM caravan.objects WHERE feed = '" + one.name
                        + "' AND outcome = 'rejected' ORDER BY object_key")
                : List.of();
        return Stream.concat(failed, rejected.stream()).collect(joining("\n"));
    }

    private boolean hasLedger() throws SQLException {
        return !sandbox.query("SELECT table_name FROM svv_tables WHERE table_schema = 'caravan'")
                .isEmpty();
    }

    /** Where there is no table, what the database says of that. */
    private List<String> rows(FileCase one) {
        try {
            return sorted(shown("SELECT * FROM public." + one.name, "|"));
        } catch (SQLException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> rejected(FileCase one) throws SQLException {
        return hasLedger()
                ? shown(
                        "SELECT line_number, error_code, raw_record FROM caravan.dead_letters WHERE feed = '" + one.name
                                + "' ORDER BY line_number",
                        " ")
                : List.of();
    }

    private List<String> shown(String sql, String separator) throws SQLException {
        return sandbox.query(sql).stream()
                .map(row -> row.stream().map(FilesAsTheyAreIT::shown).collect(joining(separator)))
                .toList();
    }

    /** Returns a value on one line, with what cannot be seen as the files write it; NULL as the empty set. */
    static String shown(@Nullable String value) {
        if (value == null) {
            return "∅";
        }
        StringBuilder text = new StringBuilder();
        value.chars()
                .forEach(c -> text.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default ->
                                c < ' ' || c == 0xA0 || Character.getType(c) == Character.FORMAT
                                        ? String.format("\\u%04X", c)
                                        : Character.toString(c);
                        }));
        return text.toString();
    }

    private String shape(FileCase one) throws SQLException {
        return sandbox
                .query("SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,"
                        + " is_nullable FROM svv_columns WHERE table_schema = 'public' AND table_name = '" + one.name
                        + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> row.get(0) + " " + type(row) + ("NO".equals(row.get(5)) ? " not null" : ""))
                .collect(joining(", "));
    }

    static String type(List<@Nullable String> column) {
        return "character varying".equals(column.get(1))
                ? "varchar(" + column.get(2) + ")"
                : column.get(1)
                        + ("numeric".equals(column.get(1)) ? "(" + column.get(3) + "," + column.get(4) + ")" : "");
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
