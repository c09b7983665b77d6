package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * TIME, TIMETZ, SUPER and VARBYTE in every mode and way of staging, as matching keys and as values: an object, and then one in
 * which a row is spelled differently, one differs in one column for each of the columns, one is new, and one is missing.
 */
@ExtendWith(SandboxExtension.class)
class TypesInModesIT {

    private static final List<String> NAMES = List.of("id", "ti", "tt", "su", "vb");
    private static final String COLUMNS = "id INTEGER, ti TIME, tt TIMETZ, su SUPER, vb VARBYTE(8)";

    /** How the first object writes a row, how the second does, and what it is in the table. */
    private record Spelled(String first, String second, String shown) {}

    private static final List<List<Spelled>> ROWS = List.of(
            row(
                    same("1"),
                    new Spelled("08:30:00", "08:30", "08:30:00"),
                    new Spelled("08:30:00+00", "10:30+0200", "08:30:00+00"),
                    new Spelled("\"{\"\"a\"\": [1, 2]}\"", "\"{ \"\"a\"\":[1,2] }\"", "{\"a\":[1,2]}"),
                    new Spelled("01ff", "0x01FF", "01ff")),
            row(same("2"), same("00:00:00"), same("00:00:00+00"), same("17"), same("7f")),
            row(
                    same("3"),
                    new Spelled("24:00:00", "24:00:00.000", "24:00:00"),
                    new Spelled("23:59:59.999999Z", "23:59:59.9999990 UTC", "23:59:59.999999+00"),
                    new Spelled("null", " null ", "null"),
                    new Spelled("00", "\\x00", "00")),
            row(same("4"), same("12:00:00.5"), same("12:00:00.5+00"), same(""), same("616263")),
            row(same("5"), same("12:00:00.25"), same("12:00:00.25+00"), same("[]"), same("6162")));

    /** What the row of each column but the first has in it in the second object. */
    private static final Map<String, String> CHANGED =
            Map.of("ti", "23:00:00", "tt", "23:00:00+00", "su", "{\"b\":null}", "vb", "dead");

    private static final String NEW = "9,22:00:00,22:00:00+00,[9],99";
    private static final String MISSING = "8,21:00:00,21:00:00+00,[8],88";

    /** A feed, named for what it is. */
    private record Variation(Mode mode, String key, String staging, Map<String, String> parameters) {

        String name() {
            return ("types_" + mode + "_" + key + "_" + staging).toLowerCase(Locale.ROOT);
        }

        StagedBy stagedBy() {
            return staging.startsWith("insert") ? StagedBy.INSERT : StagedBy.COPY;
        }
    }

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    TypesInModesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    private static List<Spelled> row(Spelled... values) {
        return List.of(values);
    }

    private static Spelled same(String value) {
        return new Spelled(value, value, value.isEmpty() ? "null" : value);
    }

    /** Each mode both ways, each key in each mode that compares keys, and what only COPY can do. */
    private static List<Variation> variations() {
        List<Variation> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (String staging : List.of("insert", "copy")) {
                all.add(new Variation(mode, "id", staging, Map.of()));
            }
        }
        int turn = 0;
        for (String key : List.of("ti", "tt", "vb")) {
            for (Mode mode : Mode.values()) {
                if (mode.comparesKeys()) {
                    all.add(new Variation(mode, key, turn++ % 2 == 0 ? "insert" : "copy", Map.of()));
                }
            }
        }
        for (Mode mode : List.of(Mode.UPSERT, Mode.APPEND, Mode.MIRROR, Mode.INSERT_ONLY)) {
            all.add(new Variation(mode, "id", "copy_direct", Map.of("staging", "direct")));
        }
        all.add(new Variation(Mode.UPSERT, "vb", "copy_evolve", Map.of("schema", "evolve")));
        all.add(new Variation(Mode.MIRROR, "tt", "insert_evolve", Map.of("schema", "evolve")));
        return all;
    }

    @Test
    void eachModeDoesWithThemWhatItDoesWithOthers() throws SQLException {
        List<Variation> all = variations();
        for (Variation one : all) {
            sandbox.execute("CREATE TABLE public." + one.name() + " (" + COLUMNS
                    + (one.mode() == Mode.HISTORY
                            ? ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN"
                            : "")
                    + ")");
            routes.ownFeed(one.name(), sandbox.bucket(), one.mode() == Mode.APPEND ? "" : one.key(), parameters(one));
            if (one.mode() == Mode.UPDATE_ONLY) {
                ROWS.forEach(row -> insert(one, row.stream().map(Spelled::shown).toList()));
                insert(one, List.of(MISSING.split(",", -1)));
            } else {
                sandbox.put(one.name() + "/a.csv", firstObject(one));
            }
        }
        load(all);
        all.forEach(one -> sandbox.put(one.name() + "/b.csv", secondObject(one)));
        Map<String, LoadCounts> counts = load(all);

        SoftAssertions soft = new SoftAssertions();
        for (Variation one : all) {
            soft.assertThat(counts.get(one.name())).as(one.name()).isEqualTo(expectedCounts(one));
            soft.assertThat(rows(one)).as(one.name()).isEqualTo(expectedRows(one));
            soft.assertThat(sandbox.lines(
                            "SELECT line_number, reason FROM caravan.dead_letters WHERE feed = '" + one.name() + "'"))
                    .as(one.name())
                    .isEmpty();
        }
        soft.assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        soft.assertAll();
    }

    /** Redshift has no order of SUPER, and hashes of neither it nor VARBYTE that would be known to tell values apart. */
    @Test
    void rowsWithTimesOfDayAreRememberedAndOrdered() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.remembered_times (id INTEGER, ti TIME, tt TIMETZ)",
                "CREATE TABLE public.remembered_keys (id INTEGER, ti TIME, tt TIMETZ)",
                "CREATE TABLE public.ordered_times (id INTEGER, ti TIME, tt TIMETZ)",
                "CREATE TABLE public.ordered_bytes (id INTEGER, ti TIME, tt TIMETZ, vb VARBYTE(8))");
        routes.ownFeed("remembered_times", sandbox.bucket(), "id", "mode", "mirror", "rememberRows", "true");
        routes.ownFeed(
                "remembered_keys",
                sandbox.bucket(),
                "ti, tt",
                "mode",
                "mirror",
                "rememberRows",
                "true",
                "maxDeletedRatio",
                "1");
        routes.ownFeed("ordered_times", sandbox.bucket(), "id", "sequenceBy", "tt");
        routes.ownFeed("ordered_bytes", sandbox.bucket(), "id", "sequenceBy", "vb");
        List<String> first = List.of("id,ti,tt", "1,08:30:00,08:30:00+00", "2,09:00:00,09:00:00+00");
        List<String> second = List.of("id,ti,tt", "1,08:30,10:30+02", "2,10:00:00,07:00:00+00");

        for (List<String> rows : List.of(first, second)) {
            sandbox.put("remembered_times/a.csv", String.join("\n", rows) + "\n");
            sandbox.put("remembered_keys/a.csv", String.join("\n", rows) + "\n");
            sandbox.put("ordered_times/a.csv", String.join("\n", rows) + "\n");
            sandbox.put(
                    "ordered_bytes/a.csv",
                    rows.get(0) + ",vb\n" + rows.get(1) + ",00\n" + rows.get(2)
                            + (rows == first ? ",ff\n" : ",0fffff\n"));
            assertThat(caravan.report(
                                    StagedBy.COPY,
                                    "remembered_times",
                                    "remembered_keys",
                                    "ordered_times",
                                    "ordered_bytes")
                            .failures())
                    .isEmpty();
        }

        assertThat(caravan.ledger("remembered_times"))
                .containsExactly(
                        "remembered_times/a.csv loaded 2 2 0 0 0 0 null",
                        "remembered_times/a.csv loaded 2 0 1 1 0 0 null");
        for (String table : List.of("remembered_times", "remembered_keys")) {
            assertThat(sandbox.lines("SELECT * FROM public." + table + " ORDER BY id"))
                    .containsExactly("1 08:30:00 08:30:00+00", "2 10:00:00 07:00:00+00");
        }
        assertThat(sandbox.lines("SELECT rows_inserted, rows_unchanged, rows_deleted FROM caravan.loads WHERE feed ="
                        + " 'remembered_keys' ORDER BY load_id"))
                .containsExactly("2 0 0", "1 1 1");
        assertThat(sandbox.lines("SELECT * FROM public.ordered_times ORDER BY id"))
                .containsExactly("1 08:30:00 08:30:00+00", "2 09:00:00 09:00:00+00");
        assertThat(sandbox.lines("SELECT id, ti, vb FROM public.ordered_bytes ORDER BY id"))
                .containsExactly("1 08:30:00 00", "2 09:00:00 ff");
    }

    @Test
    void rejectedOnesAreReplayed() throws SQLException {
        sandbox.execute("CREATE TABLE public.replayed_types (" + COLUMNS + ")");
        routes.ownFeed("replayed_types", sandbox.bucket(), "id");
        sandbox.put(
                "replayed_types/a.csv",
                "id,ti,tt,su,vb\n1,8:30 AM,,,\n2,,8:30 PM,,\n3,,,{,\n4,,,,Yf8=\n5,08:30:00,,,\n");
        assertThat(caravan.load(StagedBy.COPY, "replayed_types"))
                .containsExactly("replayed_types/a.csv loaded 5 1 0 0 0 4");
        routes.ownFeed("replayed_types", sandbox.bucket(), "id", "formats", "ti=h:mm a; tt=h:mm a; vb=base64; su=json");

        for (StagedBy stagedBy : StagedBy.values()) {
            assertThat(caravan.run(stagedBy, "dead-letters", "replay", "--feed", "replayed_types")
                            .stderr())
                    .as("%s", stagedBy)
                    .isEmpty();
        }

        assertThat(sandbox.lines("SELECT * FROM public.replayed_types ORDER BY id"))
                .containsExactly(
                        "1 08:30:00 null null null",
                        "2 null 20:30:00+00 null null",
                        "4 null null null 61ff",
                        "5 08:30:00 null null null");
        assertThat(sandbox.lines("SELECT DISTINCT line_number, error_code FROM caravan.dead_letters"
                        + " WHERE feed = 'replayed_types' AND status = 'open'"))
                .containsExactly("4 VALUE_FORMAT");
    }

    private Map<String, LoadCounts> load(List<Variation> all) {
        Map<String, LoadCounts> counts = new LinkedHashMap<>();
        for (StagedBy stagedBy : StagedBy.values()) {
            var report = caravan.report(
                    stagedBy,
                    all.stream()
                            .filter(one -> one.stagedBy() == stagedBy)
                            .map(Variation::name)
                            .toArray(String[]::new));
            assertThat(report.failures()).isEmpty();
            for (LoadRecord load : report.loads()) {
                counts.put(load.feed(), load.counts());
            }
        }
        return counts;
    }

    private String[] parameters(Variation one) {
        Map<String, String> all = new LinkedHashMap<>(one.parameters());
        all.put("mode", one.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return all.entrySet().stream()
                .flatMap(parameter -> Stream.of(parameter.getKey(), parameter.getValue()))
                .toArray(String[]::new);
    }

    private void insert(Variation one, List<String> row) {
        List<String> values = row.stream()
                .map(value -> value.equals("null") ? "NULL" : "'" + value + "'")
                .toList();
        try {
            sandbox.execute("INSERT INTO public." + one.name() + " SELECT " + values.get(0) + ", " + values.get(1)
                    + ", " + values.get(2) + ", "
                    // Which of the two NULLs is meant is seen from the row.
                    + (row.get(0).equals("3") ? "JSON_PARSE('null')" : json(values.get(3))) + ", FROM_HEX("
                    + values.get(4) + ")");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String json(String value) {
        return value.equals("NULL") ? value : "JSON_PARSE(" + value + ")";
    }

    private static String firstObject(Variation one) {
        boolean changes = one.mode() == Mode.CHANGES;
        return (changes ? "Op," : "") + String.join(",", NAMES) + "\n"
                + ROWS.stream()
                        .map(row -> (changes ? "I," : "")
                                + row.stream().map(Spelled::first).collect(joining(","))
                                + "\n")
                        .collect(joining())
                + (changes ? "I," : "") + MISSING + "\n";
    }

    private static String secondObject(Variation one) {
        boolean changes = one.mode() == Mode.CHANGES;
        List<String> records = new ArrayList<>();
        for (List<Spelled> row : ROWS) {
            records.add(record(one, row, changes ? "U" : ""));
        }
        records.add((changes ? "I," : "") + NEW);
        if (changes) {
            records.add("D," + MISSING);
        }
        return (changes ? "Op," : "") + String.join(",", NAMES) + "\n" + String.join("\n", records) + "\n";
    }

    private static String record(Variation one, List<Spelled> row, String op) {
        List<String> values = new ArrayList<>(row.stream().map(Spelled::second).toList());
        String changed = changedColumn(one, row);
        if (!changed.isEmpty()) {
            values.set(
                    NAMES.indexOf(changed),
                    "\"" + requireNonNull(CHANGED.get(changed)).replace("\"", "\"\"") + "\"");
        }
        return (op.isEmpty() ? "" : op + ",") + String.join(",", values);
    }

    /** Returns in which column the second object has another value; empty in none. */
    private static String changedColumn(Variation one, List<Spelled> row) {
        String column = NAMES.get(ROWS.indexOf(row));
        return column.equals("id") || column.equals(one.key()) ? "" : column;
    }

    private static long changedRows(Variation one) {
        return ROWS.stream().filter(row -> !changedColumn(one, row).isEmpty()).count();
    }

    private static LoadCounts expectedCounts(Variation one) {
        long changed = changedRows(one);
        long same = ROWS.size() - changed;
        long read = ROWS.size() + 1L;
        return switch (one.mode()) {
            case UPSERT, HISTORY -> new LoadCounts(read, 1, changed, same, 0, 0, 0, 0, 0);
            case UPDATE_ONLY -> new LoadCounts(read, 0, changed, same, 0, 1, 0, 0, 0);
            case INSERT_ONLY -> new LoadCounts(read, 1, 0, same, 0, changed, 0, 0, 0);
            case APPEND -> new LoadCounts(read, read, 0, 0, 0, 0, 0, 0, 0);
            case REPLACE -> new LoadCounts(read, read, 0, 0, read, 0, 0, 0, read);
            case MIRROR -> new LoadCounts(read, 1, changed, same, 1, 0, 0, 0, 1);
            case CHANGES -> new LoadCounts(read + 1, 1, changed, same, 1, 0, 0, 0, 0);
        };
    }

    private List<String> rows(Variation one) throws SQLException {
        String where = one.mode() == Mode.HISTORY ? " WHERE is_current" : "";
        List<String> rows =
                new ArrayList<>(sandbox
                        .query("SELECT id, ti, tt, su, vb FROM public." + one.name() + where
                                + " ORDER BY id, ti, tt, vb")
                        .stream()
                        .map(row -> row.stream().map(String::valueOf).collect(joining("|")))
                        .sorted()
                        .toList());
        if (one.mode() == Mode.HISTORY) {
            rows.addAll(sandbox.lines("SELECT COUNT(*), 'ended' FROM public." + one.name()
                    + " WHERE NOT is_current AND valid_to IS NOT NULL"));
        }
        return rows;
    }

    private static List<String> expectedRows(Variation one) {
        List<String> before =
                new ArrayList<>(ROWS.stream().map(TypesInModesIT::shown).toList());
        before.add(MISSING.replace(',', '|'));
        List<String> after =
                new ArrayList<>(ROWS.stream().map(row -> shownAfter(one, row)).toList());
        String added = NEW.replace(',', '|');
        List<String> expected = new ArrayList<>();
        switch (one.mode()) {
            case UPSERT, HISTORY -> {
                expected.addAll(after);
                expected.add(added);
                expected.add(before.get(ROWS.size()));
            }
            case UPDATE_ONLY -> {
                expected.addAll(after);
                expected.add(before.get(ROWS.size()));
            }
            case INSERT_ONLY -> {
                expected.addAll(before);
                expected.add(added);
            }
            case APPEND -> {
                expected.addAll(before);
                expected.addAll(after);
                expected.add(added);
            }
            case REPLACE, MIRROR, CHANGES -> {
                expected.addAll(after);
                expected.add(added);
            }
        }
        expected.sort(null);
        if (one.mode() == Mode.HISTORY) {
            expected.add(changedRows(one) + " ended");
        }
        return expected;
    }

    private static String shown(List<Spelled> row) {
        return row.stream().map(Spelled::shown).collect(joining("|"));
    }

    private static String shownAfter(Variation one, List<Spelled> row) {
        List<String> values = new ArrayList<>(row.stream().map(Spelled::shown).toList());
        String changed = changedColumn(one, row);
        if (!changed.isEmpty()) {
            values.set(NAMES.indexOf(changed), CHANGED.get(changed));
        }
        return String.join("|", values);
    }
}
