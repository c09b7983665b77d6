package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every time is UTC, whatever zone the process and the session have; in both, summer time ends and begins in the objects. */
@ExtendWith(SandboxExtension.class)
class TimeZonesIT {

    private static final String ZONE = "America/New_York";
    private static final String OTHER_ZONE = "Asia/Kathmandu";

    private static final String MARKED = ", gone_at TIMESTAMPTZ";
    private static final String HISTORY = ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN";

    private static final String HEADER = "id,ts,tz\n";

    /** Of New York: the hour that comes twice, and the one that does not come. */
    private static final String RECORDS =
            """
            1,2025-11-02 01:30:00,2025-11-02 05:30:00
            2,2025-11-02 00:59:59.5,2025-11-02 06:30:00
            3,2025-03-09 02:30:00,2025-03-09 02:30:00.25
            """;

    private static final List<String> LOADED = List.of(
            "1 2025-11-02 01:30:00 2025-11-02 05:30:00+00",
            "2 2025-11-02 00:59:59.5 2025-11-02 06:30:00+00",
            "3 2025-03-09 02:30:00 2025-03-09 02:30:00.25+00");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;

    TimeZonesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
    }

    @Test
    void inAnotherZoneEveryTimeIsStillUtc() throws SQLException {
        feed("zone_copy", "mirror", MARKED);
        feed("zone_direct", "mirror", MARKED, "staging", "direct");
        feed("zone_history", "history", HISTORY);
        feed("zone_remembered", "mirror", "", "rememberRows", "true", "maxDeletedRatio", "1");
        List<String> feeds = List.of("zone_copy", "zone_direct", "zone_history", "zone_remembered");
        for (String feed : feeds) {
            sandbox.put(feed + "/o.csv", HEADER + RECORDS + "4,2025-11-02 01:30:00,2025-11-02 05:30:01\n");
        }
        Instant before = Instant.now().minusSeconds(5);
        run("load");
        feeds.forEach(feed -> sandbox.put(feed + "/o.csv", HEADER + RECORDS));
        run("load");
        Instant after = Instant.now().plusSeconds(5);

        assertThat(inUtc("SELECT id, ts, tz FROM public.zone_remembered ORDER BY id"))
                .isEqualTo(LOADED);
        TestingCaravan elsewhere = new TestingCaravan(sandbox, routes);
        assertThat(elsewhere.run(StagedBy.COPY, "load").exitCode()).isZero();
        assertThat(elsewhere
                        .run(StagedBy.COPY, "verify", "--feed", "zone_remembered")
                        .exitCode())
                .isZero();
        for (String feed : List.of("zone_copy", "zone_direct")) {
            assertThat(inUtc("SELECT id, ts, tz FROM public." + feed + " WHERE gone_at IS NULL ORDER BY id"))
                    .as(feed)
                    .isEqualTo(LOADED);
            assertThat(inUtc("SELECT id FROM public." + feed + " WHERE gone_at IS NOT NULL"))
                    .containsExactly("4");
            between(before, after, "SELECT DISTINCT gone_at FROM public." + feed + " WHERE gone_at IS NOT NULL");
        }
        assertThat(inUtc("SELECT id, ts, tz FROM public.zone_history WHERE is_current ORDER BY id"))
                .hasSize(4)
                .containsAll(LOADED);
        between(before, after, "SELECT valid_from FROM public.zone_history");
        for (String feed : feeds) {
            between(before, after, "SELECT DISTINCT loaded_at FROM public." + feed);
        }
        String ofThese = feeds.stream().collect(Collectors.joining("', '", " WHERE feed IN ('", "')"));
        assertThat(inUtc("SELECT outcome FROM caravan.objects" + ofThese)).hasSize(2 * feeds.size());
        for (String column : List.of("recorded_at", "last_modified")) {
            between(before, after, "SELECT " + column + " FROM caravan.objects" + ofThese);
        }
        for (String column : List.of("started_at", "ended_at")) {
            between(before, after, "SELECT " + column + " FROM caravan.loads" + ofThese);
        }
    }

    /** The tests' own JVM has an odd zone, too; and a feed's own SQL may leave another one behind. */
    @Test
    void neitherTheUrlNorAFeedsOwnSqlHasASay() throws SQLException {
        feed("zone_insert", "mirror", MARKED, "preSql", "SET TIMEZONE TO 'America/St_Johns'");
        feed("zone_later", "mirror", MARKED);
        for (String feed : List.of("zone_insert", "zone_later")) {
            sandbox.put(feed + "/o.csv", HEADER + RECORDS);
        }
        Instant before = Instant.now().minusSeconds(5);

        Map<String, String> environment = environment(";connectionTimezone=" + OTHER_ZONE);
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        environment.put("CARAVAN_WAREHOUSE_POOL_SIZE", "1");
        run(environment, "load");

        for (String feed : List.of("zone_insert", "zone_later")) {
            assertThat(inUtc("SELECT id, ts, tz FROM public." + feed + " ORDER BY id"))
                    .as(feed)
                    .isEqualTo(LOADED);
            between(before, Instant.now().plusSeconds(5), "SELECT DISTINCT loaded_at FROM public." + feed);
        }
    }

    private void feed(String name, String mode, String columns, String... more) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name
                + " (id INTEGER, ts TIMESTAMP, tz TIMESTAMPTZ NOT NULL, loaded_at TIMESTAMPTZ" + columns + ")");
        List<String> parameters = new ArrayList<>(List.of("mode", mode, "loadedAtColumn", "loaded_at"));
        if (columns.equals(MARKED)) {
            parameters.addAll(List.of("deletedColumn", "gone_at", "maxDeletedRatio", "1"));
        }
        parameters.addAll(List.of(more));
        routes.ownFeed(name, sandbox.bucket(), "tz", parameters.toArray(String[]::new));
    }

    /** Runs a command that does all it is to do. */
    private void run(String command) {
        run(environment(""), command);
    }

    private void run(Map<String, String> environment, String command) {
        try (CaravanProcess process =
                CaravanProcess.start(directory, environment, List.of("-Duser.timezone=" + ZONE), command)) {
            assertThat(process.exitCode()).as(process.stderr()).isZero();
        }
    }

    private Map<String, String> environment(String options) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_WAREHOUSE_URL", sandbox.url() + options);
        return environment;
    }

    private void between(Instant before, Instant after, String query) throws SQLException {
        List<String> times = inUtc(query);
        assertThat(times).as(query).isNotEmpty().allSatisfy(time -> {
            Instant instant = Instant.parse(time.replace(' ', 'T').replaceFirst("([+]00)?$", "Z"));
            assertThat(instant).isBetween(before.truncatedTo(ChronoUnit.SECONDS), after);
        });
    }

    /** Returns the rows of a query, as a session in UTC writes them. */
    private List<String> inUtc(String query) throws SQLException {
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIMEZONE TO 'UTC'");
            return TestSandbox.query(connection, query).stream()
                    .map(row ->
                            String.join(" ", row.stream().map(TimeZonesIT::text).toList()))
                    .toList();
        }
    }

    private static String text(@Nullable String value) {
        return String.valueOf(value);
    }
}
