package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rolling update and its way back, from the ledger that the last release has left, beside a replica of it; and later ledgers. */
@ExtendWith(SandboxExtension.class)
class LedgerUpgradeIT {

    private static final String LAST = "0.1.0";
    private static final String LEDGER = "caravan.objects_public_t";
    private static final String ENTRIES =
            "SELECT object_key, outcome, COUNT(*) FROM " + LEDGER + " GROUP BY 1, 2 ORDER BY 1, 2";
    private static final String WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    LedgerUpgradeIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** What the next release will begin from: {@code -Dcaravan.record=VERSION} writes it down, when a release is made. */
    @Test
    void theLedgerOfThisReleaseCanBeRecorded() throws Exception {
        String version = System.getProperty("caravan.record");
        RecordedLedger recorded = RecordedLedger.record(sandbox.part("recorded"), directory.resolve("recorded"));
        if (version != null) {
            recorded.write(version);
        }

        assertThat(recorded.left())
                .as("what it leaves says its version, and has the columns that this release knows")
                .contains(LedgerSql.createObjects(RecordedLedger.TARGET), LedgerSql.sayVersion(RecordedLedger.TARGET));
    }

    @Test
    void aReplicaOfThisReleaseTakesOverInMidLoadAndTheLastOneCanTakeBack() throws Exception {
        TestSandbox part = sandbox.part("upgrade");
        RecordedLedger last = RecordedLedger.read(LAST);
        last.restore(part);
        TestingCaravan caravan = RecordedLedger.caravan(part, directory.resolve("upgrade"));
        part.put("in/5.csv", "id,name\n50,f\n");

        try (Connection replica = part.connection()) {
            // The last release is in the shared part of a load.
            replica.setAutoCommit(false);
            last.load(part, replica, RecordedLedger.THIRD);
            try (TestingService service = caravan.serve(StagedBy.COPY)) {
                Waiting.until(
                        "this release waits for it", () -> !part.lines(WAITING).equals(List.of("0")));
                replica.commit();
                Waiting.until("and goes on", () -> service.events().equals(List.of("loaded 1")));

                // The last release ends a load that it began before; then it is gone.
                last.load(part, replica, RecordedLedger.FOURTH);
                replica.commit();
                part.put("in/6.csv", "id,name\n60,g\n");
                Waiting.until("this one goes on", () -> service.events().size() == 2);
            }
        }
        assertThat(part.lines(ENTRIES))
                .as("whatever either has loaded, the other one has not")
                .containsExactly(
                        "in/1.csv loaded 1",
                        "in/2.csv loaded 1",
                        "in/3.csv loaded 1",
                        "in/4.csv loaded 1",
                        "in/5.csv loaded 1",
                        "in/6.csv loaded 1",
                        "in/bad.csv rejected 1");
        assertThat(version(part)).isEqualTo("Caravan ledger version 2, usable from version 1 on");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();

        // Back: what the last release says still does what it did, then this one comes again.
        part.execute("DELETE FROM " + LEDGER + " WHERE object_key = 'in/4.csv'", "DELETE FROM public.t WHERE id = 40");
        try (Connection replica = part.connection()) {
            replica.setAutoCommit(false);
            last.load(part, replica, RecordedLedger.FOURTH);
            replica.commit();
        }
        assertThat(caravan.load(StagedBy.INSERT, "t")).isEmpty();
        assertThat(part.lines("SELECT id, name FROM public.t ORDER BY id"))
                .containsExactly("1 a", "2 bbb", "3 c", "30 d", "40 e", "50 f", "60 g");
        assertThat(part.lines("SELECT COUNT(*) FROM caravan.objects")).containsExactly("7");
        part.close();
    }

    @Test
    void aLedgerOfALaterReleaseIsUsedAsFarAsThatAllows() throws Exception {
        TestSandbox part = sandbox.part("later");
        RecordedLedger.read(LAST).restore(part);
        TestingCaravan caravan = RecordedLedger.caravan(part, directory.resolve("later"));
        part.put("in/5.csv", "id,name\n50,f\n");
        part.execute("ALTER TABLE " + LEDGER + " ADD COLUMN of_later VARCHAR(8)");
        say(part, "Caravan ledger version 7, usable from version 2 on");

        try (RememberedLog log = new RememberedLog()) {
            assertThat(caravan.load(StagedBy.COPY, "t")).contains("in/5.csv loaded 1 1 0 0 0 0");
            assertThat(log.messages())
                    .containsOnlyOnce(
                            "The ledger of public.t has version 7, of a later release; this one knows version 2, and"
                                    + " goes on with what it knows, as it may from version 2 on");
        }
        assertThat(version(part)).as("it is not taken back").contains("version 7");

        say(part, "Caravan ledger version 8, usable from version 8 on");
        part.put("in/6.csv", "id,name\n60,g\n");
        String refusal =
                "The ledger of public.t has version 8, which only releases that know version 8 or a later one can use;"
                        + " this release knows version 2: run the later release again";
        assertThat(caravan.report(StagedBy.COPY, "t").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains(refusal));
        for (String command : List.of("check", "objects rearm --feed t --key in/5.csv", "preview --feed t")) {
            CaravanProcess.Result result = caravan.run(StagedBy.COPY, command.split(" "));
            assertThat(result.exitCode()).as(command).isNotZero();
            assertThat(result.stdout() + result.stderr()).as(command).contains(refusal);
        }
        assertThat(part.lines("SELECT COUNT(*) FROM public.t WHERE id = 60")).containsExactly("0");

        say(part, "kept by the team of sales");
        assertThat(caravan.load(StagedBy.COPY, "t"))
                .as("a comment of somebody else says no version")
                .containsExactly("in/6.csv loaded 1 1 0 0 0 0");
        part.close();
    }

    private static void say(TestSandbox part, String comment) throws SQLException {
        part.execute("COMMENT ON TABLE " + LEDGER + " IS '" + comment + "'");
    }

    private static String version(TestSandbox part) throws SQLException {
        return part.lines("SELECT d.description FROM pg_description AS d INNER JOIN pg_class AS c ON c.oid = d.objoid"
                        + " WHERE c.relname = 'objects_public_t' AND d.objsubid = 0")
                .get(0);
    }
}
