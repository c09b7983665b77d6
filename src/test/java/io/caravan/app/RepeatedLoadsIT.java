package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads of a feed one after the other, on one connection: each finds the staging tables of the one before and makes them anew. To
 * statements that Redshift has prepared these are tables that are gone.
 */
@ExtendWith(SandboxExtension.class)
class RepeatedLoadsIT {

    private static final int OBJECTS = 4;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;

    RepeatedLoadsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
    }

    @Test
    void everyWayOfStagingWorksAgainOnTheSameConnection() throws SQLException {
        load(StagedBy.COPY, "again_copy", "objectKeyColumn", "from_key");
        load(StagedBy.COPY, "again_mirror", "mode", "mirror");
        load(StagedBy.COPY, "again_direct", "staging", "direct");
        load(StagedBy.COPY, "again_remembered", "rememberRows", "true");
        routes = new RouteDirectory(directory.resolve("routes-without-staging"));
        load(StagedBy.INSERT, "again_insert", "objectKeyColumn", "from_key");
        load(StagedBy.INSERT, "again_history", "mode", "history");
    }

    /** Loads objects one by one, of which every other one has a rejected row. */
    private void load(StagedBy stagedBy, String feed, String parameter, String value) throws SQLException {
        sandbox.execute(
                "CREATE TABLE public." + feed + " (id INTEGER NOT NULL, name VARCHAR(20), from_key VARCHAR(1024),"
                        + " valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN)");
        routes.ownFeed(feed, sandbox.bucket(), "id", "maxObjectsPerLoad", "1", parameter, value);
        for (int i = 1; i <= OBJECTS; i++) {
            sandbox.put(feed + "/" + i, "id,name\n1,o" + i + "\n2,o" + i + "\n" + (i % 2 == 0 ? "x,rejected\n" : ""));
        }
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        assertThat(caravan.report(stagedBy, feed).failures()).as(feed).isEmpty();

        assertThat(caravan.lines(
                        "SELECT outcome, COUNT(*) FROM caravan.loads WHERE feed = '" + feed + "' GROUP BY outcome"))
                .as(feed)
                .containsExactly("loaded " + OBJECTS);
        assertThat(caravan.lines(
                        "SELECT id, name FROM public." + feed + " WHERE is_current IS NULL OR is_current ORDER BY id"))
                .as(feed)
                .isEqualTo(List.of("1 o" + OBJECTS, "2 o" + OBJECTS));
    }
}
