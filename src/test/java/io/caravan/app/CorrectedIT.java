package io.caravan.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records that people correct go through their feed as they are corrected, once, and no others do. */
@ExtendWith(SandboxExtension.class)
class CorrectedIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private Path file;

    CorrectedIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        file = directory.resolve("rows.json");
    }

    @Test
    void oneOfThreeIsCorrectedByTheRealCommands() throws Exception {
        feed("one", "objectKeyColumn", "object_key", "lineColumn", "line");
        sandbox.execute("ALTER TABLE public.one ADD COLUMN object_key VARCHAR(100)");
        sandbox.execute("ALTER TABLE public.one ADD COLUMN line BIGINT");
        sandbox.put("one/a.csv", "id,qty,name\n1,1,a\n2,x,b\n3,x,\"c\nc\"\n4,x,d\n");
        caravan.report(StagedBy.INSERT, "one");

        Result shown = process("dead-letters", "show", "--feed", "one", "--line", "4", "--format", "json");
        assertThat(shown.stdout()).contains("\"raw\": \"3,x,\\\"c\\nc\\\"\"");
        Files.writeString(file, shown.stdout().replace("3,x,", "3,33,"));
        String[] replay = {"dead-letters", "replay", "--feed", "one", "--corrected", file.toString()};

        assertThat(process(Stream.concat(Stream.of(replay), Stream.of("--dry-run"))
                                .toArray(String[]::new))
                        .stdout())
                .containsPattern("\none/a.csv +1 +1 +0 +0 +0 +0 +0 +0  replayed\n");
        Result replayed = process(replay);
        assertThat(replayed.exitCode()).as(replayed.stderr()).isEqualTo(ExitCode.DONE);
        assertThat(table("one")).containsExactly("1 1 a one/a.csv 2", "3 33 c\nc one/a.csv 4");
        assertThat(letters("one"))
                .containsExactly("3 VALUE_FORMAT open", "4 VALUE_FORMAT replayed", "6 VALUE_FORMAT open");

        Result again = process(replay);
        assertThat(again.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(again.stdout()).isEmpty();
        assertThat(again.stderr())
                .startsWith(
                        "caravan: CORRECTION_INVALID: nothing was replayed:\n  line 4 of one/a.csv, rejected by load ")
                .endsWith(": there is no such open dead letter of feed one\n");
    }

    @Test
    void aCorrectedRowThatIsRejectedAgainIsANewDeadLetterWithItsNewText() throws Exception {
        feed("again");
        sandbox.put("again/a.csv", "id,qty,name\n1,1,a\n2,x,b\n3,x,c\n");
        caravan.report(StagedBy.INSERT, "again");

        assertThat(correct("again", "2,x,", "2,22,", "3,x,", "3,y,").exitCode()).isEqualTo(ExitCode.REJECTED);

        assertThat(table("again")).containsExactly("1 1 a", "2 22 b");
        assertThat(caravan.lines("SELECT line_number, status, raw_record FROM caravan.dead_letters WHERE feed = 'again'"
                        + " ORDER BY load_id, line_number"))
                .containsExactly("3 replayed 2,x,b", "4 replayed 3,x,c", "4 open 3,y,c");
    }

    @Test
    void whatCannotBeReplayedAsItIsKeptCanBeWhenItIsCorrected() throws Exception {
        feed("mended");
        sandbox.put(
                "mended/a.csv",
                ("id,qty,name\n1,1,a\n2,2,caf\u00E9\n3,3,\"5\" pipe\"\n4,4," + "x".repeat(70_000) + "\n")
                        .getBytes(ISO_8859_1));
        caravan.report(StagedBy.INSERT, "mended");
        String[] corrections = {"caf\\\\xE9", "caf\u00E9", "\\\"5\\\" pipe\\\"", "5 pipe", "x".repeat(65_000), "long"};

        Result left = correct("mended", corrections);
        assertThat(left.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(left.stderr())
                .contains("what stands for line 5 of mended/a.csv, rejected by load ")
                .contains(
                        " ends with the mark of a record that was cut; put what is missing in its place, or take it out\n")
                .doesNotContain("line 3 of", "line 4 of");

        String shown = Files.readString(file).replaceAll("longx+\u2026\\[cut\\]", "long");
        Files.writeString(file, shown);
        assertThat(replay("mended").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(table("mended")).containsExactly("1 1 a", "2 2 caf\u00E9", "3 3 5 pipe", "4 4 long");
    }

    @Test
    void whatOnlyCopyRefusedIsReplayedOnceItIsARecordAgain() throws Exception {
        feed("refused");
        sandbox.put("refused/a.csv", "id,qty,name\n1,1,a\n2,2,poison\n");
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 poison'");
        caravan.report(StagedBy.COPY, "refused");

        Result left = correct("refused");
        assertThat(left.stderr()).contains("1 dead letters stay open: COPY refused them");
        assertThat(correct("refused", "poison", "cure").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(table("refused")).containsExactly("1 1 a", "2 2 cure");
    }

    @Test
    void recordsOfSeveralLoadsAndObjectsAreOneReplay() throws Exception {
        feed("several", "maxObjectsPerLoad", "2");
        for (int i = 0; i < 5; i++) {
            sandbox.put("several/" + i + ".csv", "id,qty,name\n" + i + ",1,a\n1" + i + ",x,b\n2" + i + ",x,b\n");
        }
        caravan.report(StagedBy.INSERT, "several");
        Files.writeString(file, show("several", "--line", "3").replace(",x,", ",7,"));

        Result replay = replay("several");

        assertThat(replay.exitCode()).as(replay.stderr()).isEqualTo(ExitCode.DONE);
        assertThat(replay.stdout().lines().filter(line -> line.endsWith(" replayed")))
                .hasSize(5);
        assertThat(caravan.lines("SELECT id FROM public.several WHERE qty = 7 ORDER BY id"))
                .containsExactly("10", "11", "12", "13", "14");
        assertThat(letters("several"))
                .filteredOn(letter -> letter.equals("4 VALUE_FORMAT open"))
                .hasSize(5);
    }

    @Test
    void aFileOfWhichAnythingIsWrongReplaysNothing() throws Exception {
        feed("wrong");
        sandbox.put("wrong/a.csv", "id,qty,name\n1,1,a\n2,x,b\n3,x,c\n4,x,d\n");
        sandbox.put("wrong/b.csv", "id,qty,name\n5,x,e\n");
        caravan.report(StagedBy.INSERT, "wrong");

        Result texts = correct("wrong", "2,x,b", "2,2,b\\n9,9,z", "3,x,c", "3,3,\\\"c", "4,x,d", "");
        assertThat(texts.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(texts.stderr().lines().filter(line -> line.contains("is not exactly one record")))
                .hasSize(3);

        Result objects = correct("wrong", "2,x,b", "2,2,b");
        assertThat(objects.stderr())
                .contains("  line 2 of wrong/b.csv, rejected by load ")
                .contains(
                        ": the object was rejected as a whole, and none of its rows was loaded; put a corrected object under"
                                + " its key\n");

        Files.writeString(file, show("wrong", "--key", "wrong/a.csv").replace("\"line\": 5", "\"line\": 55"));
        Result unknown = replay("wrong");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(unknown.stderr())
                .contains("  line 55 of wrong/a.csv, ")
                .contains(": there is no such open dead letter of feed wrong\n");

        assertThat(table("wrong")).containsExactly("1 1 a");
        assertThat(letters("wrong")).hasSize(4).allMatch(letter -> letter.endsWith(" open"));
        assertThat(run("dead-letters", "replay", "--feed", "wrong", "--corrected", file.toString(), "--line", "3")
                        .stderr())
                .startsWith(
                        "caravan: --corrected names the dead letters itself; leave out --load, --key, --line, --code and --column");
    }

    /** As the manual says: what the table does not tell, only {@code sequenceBy} can. */
    @Test
    void behindALaterRowOfItsOwnObjectARowGoesBackwardsUnlessTheRowsSayWhichIsNewer() throws Exception {
        String object = "id,qty,name\n1,1,too long to fit in here\n1,2,newer\n";
        for (String feed : List.of("backwards", "sequenced")) {
            if (feed.equals("sequenced")) {
                feed(feed, "sequenceBy", "qty");
            } else {
                feed(feed);
            }
            sandbox.put(feed + "/a.csv", object);
            caravan.report(StagedBy.INSERT, feed);
            assertThat(correct(feed, "too long to fit in here", "older").exitCode())
                    .isEqualTo(ExitCode.DONE);
        }

        assertThat(table("backwards")).containsExactly("1 1 older");
        assertThat(table("sequenced")).containsExactly("1 2 newer");
    }

    private void feed(String name, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, qty INTEGER, name VARCHAR(20))");
        routes.ownFeed(name, sandbox.bucket(), "id", parameters);
    }

    /** Replays all dead letters of a feed with texts replaced, each by the one that follows it. */
    private Result correct(String feed, String... texts) throws IOException {
        String shown = show(feed);
        for (int i = 0; i < texts.length; i += 2) {
            assertThat(shown).contains(texts[i]);
            shown = shown.replace(texts[i], texts[i + 1]);
        }
        Files.writeString(file, shown);
        return replay(feed);
    }

    private String show(String feed, String... choice) {
        return run(Stream.concat(
                                Stream.of("dead-letters", "show", "--format", "json", "--feed", feed),
                                Stream.of(choice))
                        .toArray(String[]::new))
                .stdout();
    }

    private Result replay(String feed) {
        return run("dead-letters", "replay", "--feed", feed, "--corrected", file.toString());
    }

    private List<String> table(String name) throws SQLException {
        return caravan.lines("SELECT * FROM public." + name + " ORDER BY 1, 2");
    }

    /** The dead letters of a feed: line, code, status. */
    private List<String> letters(String feed) throws SQLException {
        return caravan.lines("SELECT line_number, error_code, status FROM caravan.dead_letters WHERE feed = '" + feed
                + "' ORDER BY load_id, object_key, line_number");
    }

    private Result run(String... arguments) {
        return caravan.run(StagedBy.INSERT, arguments);
    }

    private Result process(String... arguments) {
        return CaravanProcess.run(directory, sandbox.environment(), arguments);
    }
}
