package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.model.table.TableName;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.LookSql;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a release has left in a warehouse, and what it says there in two more loads, as statements: its tables by its own DDL, its
 * rows, and each load's questions and entries. So later releases meet the earlier one without its jar.
 */
record RecordedLedger(List<String> left, List<String> firstLoad, List<String> secondLoad) {

    static final TableName TARGET = TableName.parse("public.t");

    /** What the recorded loads have read, in their order; of the third one and the fourth one there is a load each, later. */
    private static final Map<String, String> OBJECTS = new TreeMap<>(Map.of(
            "in/1.csv", "id,name\n1,a\n2,b\nx,c\n",
            "in/2.csv", "id,name\n2,bb\n2,bbb\n3,c\n",
            "in/3.csv", "id,name\n30,d\n31,much too long\n",
            "in/4.csv", "id,name\n40,e\n41,much too long\n",
            "in/bad.csv", "nothing\nof,this,kind\n"));

    static final String THIRD = "in/3.csv";
    static final String FOURTH = "in/4.csv";

    private static final String LEDGER = "caravan.objects_public_t";
    private static final String END = ";\n";

    /** Stands for the bucket's name. */
    private static final String BUCKET = "BUCKET";

    /** Stands for the place of the load's object in the ledger. */
    private static final String POSITION = "POSITION";

    /** Makes the feed that was recorded. */
    static TestingCaravan caravan(TestSandbox part, Path routes) {
        RouteDirectory directory = new RouteDirectory(routes);
        directory.feed(
                "t",
                "bucket",
                part.bucket(),
                "prefix",
                "in/",
                "table",
                TARGET.toString(),
                "keys",
                "id",
                "pollDelay",
                "200");
        return new TestingCaravan(part, directory);
    }

    /** Records what this release leaves and says. */
    static RecordedLedger record(TestSandbox part, Path routes) throws SQLException {
        List<String> left = new ArrayList<>(List.of("CREATE TABLE " + TARGET + " (id INTEGER, name VARCHAR(4))"));
        part.execute(left.get(0));
        TestingCaravan caravan = caravan(part, routes);
        put(part, key -> !key.equals(THIRD) && !key.equals(FOURTH));
        caravan.report(StagedBy.COPY, "t");
        left.add(LedgerSql.createSchema());
        left.addAll(LedgerSql.createShared().values());
        left.add(LedgerSql.createObjects(TARGET));
        left.add(LedgerSql.sayVersion(TARGET));
        left.add(LedgerSql.createObjectsView(
                Map.of(LedgerSql.objectsTable(TARGET), Set.of("content_sha256", "same_content_as"))));
        left.addAll(rows(part, TARGET.toString(), ""));
        for (String table : tables()) {
            left.addAll(rows(part, table, ""));
        }
        List<List<String>> loads = new ArrayList<>();
        for (String key : List.of(THIRD, FOURTH)) {
            put(part, key::equals);
            caravan.report(StagedBy.COPY, "t");
            loads.add(load(part, key));
        }
        return new RecordedLedger(left, loads.get(0), loads.get(1)).with(part.bucket(), BUCKET);
    }

    /** Reads what a release has left and said. */
    static RecordedLedger read(String release) throws IOException {
        List<List<String>> parts = Stream.of(Files.readString(file(release)).split("(?m)^-- .*\n"))
                .filter(part -> !part.isEmpty())
                .map(part -> List.of(part.split(END)))
                .toList();
        return new RecordedLedger(parts.get(0), parts.get(1), parts.get(2));
    }

    /** Writes it down as a release's. */
    void write(String release) throws IOException {
        Files.writeString(
                file(release),
                "-- What the release leaves.\n" + text(left) + "-- What it says in a load of " + THIRD + ".\n"
                        + text(firstLoad) + "-- What it says in a load of " + FOURTH + ".\n" + text(secondLoad));
    }

    /** Makes the warehouse and the bucket those that the release has left. */
    void restore(TestSandbox part) throws SQLException {
        put(part, key -> !key.equals(THIRD) && !key.equals(FOURTH));
        part.execute(with(BUCKET, part.bucket()).left.toArray(String[]::new));
        part.execute(times(part).toArray(String[]::new));
    }

    /** Does what the release has done in the shared part of a load, and leaves the commit to the caller. */
    void load(TestSandbox part, Connection connection, String key) throws SQLException {
        RecordedLedger here = with(BUCKET, part.bucket());
        long position = 0;
        try (Statement statement = connection.createStatement()) {
            for (String sql : key.equals(THIRD) ? here.firstLoad : here.secondLoad) {
                statement.execute(sql.replace(POSITION, Long.toString(position + 1)));
                if (sql.startsWith("LOCK")) {
                    put(part, key::equals);
                    position = Long.parseLong(
                            requireNonNull(TestSandbox.query(connection, "SELECT MAX(position) FROM " + LEDGER)
                                    .get(0)
                                    .get(0)));
                }
            }
            for (String sql : times(part)) {
                statement.execute(sql);
            }
        }
    }

    /** The objects are stored anew, and the ledger has the time of each. */
    private static List<String> times(TestSandbox part) {
        return part.s3().listObjectsV2(request -> request.bucket(part.bucket())).contents().stream()
                .map(object -> "UPDATE " + LEDGER + " SET last_modified = '"
                        + LocalDateTime.ofInstant(object.lastModified(), ZoneOffset.UTC) + "' WHERE object_key = '"
                        + object.key() + "'")
                .toList();
    }

    private RecordedLedger with(String from, String to) {
        UnaryOperator<List<String>> replaced =
                said -> said.stream().map(sql -> sql.replace(from, to)).toList();
        return new RecordedLedger(replaced.apply(left), replaced.apply(firstLoad), replaced.apply(secondLoad));
    }

    private static void put(TestSandbox part, Predicate<String> isMeant) {
        OBJECTS.forEach((key, content) -> {
            if (isMeant.test(key)) {
                part.put(key, content);
            }
        });
    }

    private static Path file(String release) {
        return Path.of("src/test/resources/io/caravan/app/ledger-" + release + ".sql");
    }

    private static List<String> load(TestSandbox part, String key) throws SQLException {
        String id = part.lines("SELECT load_id FROM caravan.objects WHERE object_key = '" + key + "'")
                .get(0);
        String first = key.replaceAll("\\D", "") + "0";
        List<String> said = new ArrayList<>(List.of(
                LedgerSql.findParts(TARGET),
                asked(LedgerSql.readAfter(TARGET, true)),
                LedgerSql.lock(TARGET),
                asked(LookSql.target(TARGET))));
        said.addAll(rows(part, TARGET.toString(), " WHERE id = " + first));
        for (String table : tables()) {
            if (!table.equals(LedgerSql.TARGETS)) {
                said.addAll(rows(part, table, " WHERE load_id = '" + id + "'"));
            }
        }
        return said.stream()
                .map(sql -> sql.replaceAll("(\\(position, .*VALUES \\()'\\d+'", "$1" + POSITION)
                        .replaceAll(
                                "(?s)(INSERT INTO caravan\\.dead_letters .*'" + key + "', '[^']*', )'\\d+'",
                                "$1" + POSITION))
                .toList();
    }

    private static String asked(String sql) {
        return sql.replace("target = ?", "target = '" + TARGET + "'").replace("position > ?", "position > 0");
    }

    private static List<String> tables() {
        return Stream.concat(LedgerSql.createShared().keySet().stream(), Stream.of(LedgerSql.objectsTable(TARGET)))
                .map(name -> LedgerSql.SCHEMA + "." + name)
                .toList();
    }

    private static List<String> rows(TestSandbox part, String table, String where) throws SQLException {
        List<String> columns = part.lines("SELECT a.attname FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = '"
                + table + "'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum");
        String names = String.join(", ", columns);
        return part.query("SELECT " + names + " FROM " + table + where + " ORDER BY 1, 2").stream()
                .map(row -> "INSERT INTO " + table + " (" + names + ") VALUES ("
                        + row.stream().map(RecordedLedger::literal).collect(joining(", ")) + ")")
                .toList();
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    private static String text(List<String> statements) {
        return statements.stream().map(sql -> sql + END).collect(joining());
    }
}
