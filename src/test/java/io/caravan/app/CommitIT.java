package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection dies while a load commits; its feed only adds rows, so that none could be loaded twice unseen. */
@ExtendWith(SandboxExtension.class)
class CommitIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    CommitIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatTookPlaceIsFoundOut(StagedBy stagedBy) throws SQLException {
        loadsOnce("drop_after_commit", stagedBy);
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatDidNotTakePlaceIsDoneAgain(StagedBy stagedBy) throws SQLException {
        loadsOnce("drop_before_commit", stagedBy);
    }

    private void loadsOnce(String fault, StagedBy stagedBy) throws SQLException {
        String feed = feed(fault + "_" + stagedBy.name().toLowerCase(Locale.ROOT));
        cutTheConnection(fault, feed);

        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/o.csv loaded 3 2 0 0 0 1");

        checkLoadedOnce(stagedBy, feed);
    }

    @Test
    void whatCannotBeAskedNowIsInTheLedgerForTheNextTry() throws SQLException {
        String feed = feed("not_now");
        cutTheConnection("drop_after_commit", feed);
        sandbox.execute("SET caravan.fail_next TO 'cancelled WHERE load_id ='");

        assertThat(caravan.report(StagedBy.COPY, feed).exitCode()).isEqualTo(ExitCode.DONE);

        checkLoadedOnce(StagedBy.COPY, feed);
    }

    private void checkLoadedOnce(StagedBy stagedBy, String feed) throws SQLException {
        assertThat(caravan.load(stagedBy, feed)).isEmpty();
        assertThat(caravan.ledger(feed)).containsExactly(feed + "/o.csv loaded 3 2 0 0 0 1 null");
        assertThat(caravan.loads(feed)).containsExactly("loaded 1 3 2 0 0 0 1 null");
        assertThat(caravan.lines("SELECT id, name FROM public." + feed + " ORDER BY id"))
                .containsExactly("1 a", "2 b");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactly("1");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    private String feed(String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.feed(
                name, "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name, "mode", "append");
        sandbox.put(name + "/o.csv", "id,name\n1,a\n2,b\nx,c\n");
        return name;
    }

    /** At the COMMIT of the transaction that writes the target. */
    private void cutTheConnection(String fault, String feed) throws SQLException {
        sandbox.execute("SET caravan.fail_next TO '" + fault + " INTO \"public\".\"" + feed + "\"'");
    }
}
