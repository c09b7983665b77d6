package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blanks at the end of a VARCHAR are part of its value, although the warehouse does not see them when it compares. */
@ExtendWith(SandboxExtension.class)
class TrailingBlanksIT {

    /** What the second object does in each mode: rows read, inserted, updated, unchanged, deleted, stale. */
    private static final Map<String, String> CHANGED = Map.of(
            "upsert", "4 0 3 1 0 0",
            "mirror", "4 0 3 1 0 0",
            "history", "4 0 3 1 0 0",
            "insert-only", "4 0 0 1 0 3");

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    TrailingBlanksIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatDiffersOnlyInThemHasChanged(StagedBy stagedBy) throws SQLException {
        for (String mode : CHANGED.keySet()) {
            String feed = (mode + "_" + stagedBy).toLowerCase(Locale.ROOT).replace('-', '_');
            feed(feed, mode);
            load(stagedBy, feed, "1,y,u\n2,y ,u\n3,\"\",u\n4,y,u\n");

            load(stagedBy, feed, "1,y ,u\n2,y,u\n3, ,u\n4,y,u  \n");

            assertThat(counts(feed)).as(mode).isEqualTo(CHANGED.get(mode));
        }
        assertThat(rows("upsert_" + stagedBy, "")).containsExactly("1|y |u  ", "2|y|u  ", "3| |u  ", "4|y|u  ");
        assertThat(rows("mirror_" + stagedBy, "")).containsExactly("1|y |u  ", "2|y|u  ", "3| |u  ", "4|y|u  ");
        assertThat(rows("insert_only_" + stagedBy, "")).containsExactly("1|y|u  ", "2|y |u  ", "3||u  ", "4|y|u  ");
        assertThat(rows("history_" + stagedBy, " WHERE is_current"))
                .containsExactly("1|y |u  ", "2|y|u  ", "3| |u  ", "4|y|u  ");
        assertThat(rows("history_" + stagedBy, " WHERE NOT is_current"))
                .containsExactly("1|y|u  ", "2|y |u  ", "3||u  ");
    }

    @Test
    void aMatchingKeyThatDiffersOnlyInThemIsTheSame() throws SQLException {
        sandbox.execute("CREATE TABLE public.keyed (name VARCHAR(10) NOT NULL, note VARCHAR(10))");
        routes.ownFeed("keyed", sandbox.bucket(), "name");
        sandbox.put("keyed/1.csv", "name,note\na,1\nb ,1\n");
        assertThat(caravan.load(StagedBy.COPY, "keyed")).containsExactly("keyed/1.csv loaded 2 2 0 0 0 0");

        sandbox.put("keyed/2.csv", "name,note\na ,1\nb,2\n");
        assertThat(caravan.load(StagedBy.COPY, "keyed")).containsExactly("keyed/2.csv loaded 2 0 1 1 0 0");

        assertThat(sandbox.query("SELECT '<' || name || '>', note FROM public.keyed ORDER BY 1"))
                .hasToString("[[<a>, 1], [<b >, 2]]");
    }

    /** By hashes here and by sums there. */
    @Test
    void rowsAreRememberedWithThem() throws SQLException {
        feed("remembered", "upsert", "rememberRows", "true");
        load(StagedBy.COPY, "remembered", "1,y,u\n2,z ,u\n");
        assertThat(verify()).contains("\"result\":\"equal\"");

        load(StagedBy.COPY, "remembered", "1,y ,u\n2,z,u \n");
        assertThat(counts("remembered")).isEqualTo("2 0 2 0 0 0");
        assertThat(verify()).contains("\"result\":\"equal\",\"equal\":2");

        sandbox.execute("UPDATE public.remembered SET name = 'y' WHERE id = 1");
        assertThat(verify()).contains("\"result\":\"different\",\"equal\":1,\"different\":1");
        load(StagedBy.COPY, "remembered", "1,y ,u\n2,z,u\n");
        assertThat(rows("remembered", "")).containsExactly("1|y |u  ", "2|z|u  ");
    }

    private String verify() {
        CaravanProcess.Result result = caravan.run(StagedBy.COPY, "verify", "--feed", "remembered", "--format", "json");
        return result.stdout().replace(" ", "") + result.stderr();
    }

    private void feed(String name, String mode, String... more) throws SQLException {
        String history = mode.equals("history") ? ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN" : "";
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(10), code CHAR(3)"
                + history + ")");
        List<String> parameters = new ArrayList<>(List.of("mode", mode));
        parameters.addAll(List.of(more));
        routes.ownFeed(name, sandbox.bucket(), "id", parameters.toArray(String[]::new));
    }

    private void load(StagedBy stagedBy, String feed, String records) {
        sandbox.put(feed + "/o.csv", "id,name,code\n" + records);
        assertThat(caravan.report(stagedBy, feed).failures()).isEmpty();
    }

    /** Of the last object of the feed. */
    private String counts(String feed) throws SQLException {
        List<String> lines =
                caravan.lines("SELECT rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale"
                        + " FROM caravan.objects WHERE feed = '" + feed + "' ORDER BY position");
        return lines.get(lines.size() - 1);
    }

    private List<String> rows(String table, String where) throws SQLException {
        return sandbox.query("SELECT id, name, code FROM public." + table + where + " ORDER BY id").stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }
}
