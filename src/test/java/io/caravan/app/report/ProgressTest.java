package io.caravan.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final ObjectVersion OBJECT = new ObjectVersion("in", "1.csv", "e", 1024, Instant.EPOCH);

    private final StringWriter terminal = new StringWriter();
    private final TestingClock clock = new TestingClock();
    private final Progress progress = new Progress(new PrintWriter(terminal), clock);

    @Test
    void oneLineIsRewrittenAndErased() {
        progress.loadStarted("orders", "1", 2, 2048);
        progress.objectStarted("1", OBJECT);
        clock.passMillis(500);
        progress.progress("1", 1024, 1500);
        clock.passMillis(100);
        progress.objectStarted("1", OBJECT);
        progress.loadFinished(load("1"));

        assertThat(terminal)
                .hasToString("\r0/2 objects, 0 B of 2.0 KiB, 0 rows, 0 rows/s\r"
                        + "\r0/2 objects, 1.0 KiB of 2.0 KiB, 1,500 rows, 3,000 rows/s\r"
                        + "\r1/2 objects, 1.0 KiB of 2.0 KiB, 1,500 rows, 2,500 rows/s\r"
                        + "\r" + " ".repeat(57) + "\r");
    }

    @Test
    void howLongTheRestTakesIsSaidOnceThatIsKnown() {
        progress.loadStarted("orders", "1", 1, 4096);
        progress.objectStarted("1", OBJECT);
        clock.passMillis(1000);
        progress.progress("1", 1024, 100);
        clock.passMillis(1000);
        progress.progress("1", 0, 0);
        clock.passMillis(2000);
        progress.progress("1", 1024, 300);
        clock.passMillis(2000);
        progress.progress("1", 2048, 0);

        assertThat(terminal.toString())
                .endsWith("1.0 KiB of 4.0 KiB, 100 rows, 50 rows/s, 6.0 s left\r"
                        + "\r0/1 objects, 2.0 KiB of 4.0 KiB, 400 rows, 100 rows/s, 4.0 s left\r"
                        + "\r0/1 objects, 4.0 KiB of 4.0 KiB, 400 rows, 66 rows/s             \r");
    }

    @Test
    void atMostTenTimesASecond() {
        progress.loadStarted("orders", "1", 1, 1024);
        for (int i = 0; i < 1000; i++) {
            clock.passMillis(1);
            progress.progress("1", 1, 1);
        }

        assertThat(terminal.toString().split("\r\r", -1)).hasSize(11);
    }

    @Test
    void aShorterLineCoversALongerOne() {
        progress.loadStarted("orders", "1", 1, 1024);
        progress.objectStarted("1", OBJECT);
        progress.progress("1", 1023, 10);
        clock.passMillis(100);
        progress.progress("1", 1, 0);
        clock.passMillis(1000);
        progress.progress("1", 0, 0);

        assertThat(terminal.toString())
                .endsWith("\r0/1 objects, 1.0 KiB of 1.0 KiB, 10 rows, 100 rows/s\r"
                        + "\r0/1 objects, 1.0 KiB of 1.0 KiB, 10 rows, 9 rows/s  \r");
    }

    @Test
    void loadsAtTheSameTimeAreOneSum() {
        progress.loadStarted("orders", "1", 1, 1024);
        progress.loadFinished(load("1"));
        progress.loadStarted("orders", "2", 1, 1024);
        clock.passMillis(100);
        progress.loadStarted("employee", "3", 4, 1024);
        progress.loadFinished(load("2"));

        assertThat(terminal.toString()).endsWith("\r0/5 objects, 0 B of 2.0 KiB, 0 rows, 0 rows/s\r");
    }

    @Test
    void nothingIsShownWhereThereIsNoTerminal() {
        try (Progress silent = Progress.on(null, "xterm", clock)) {
            silent.loadStarted("orders", "1", 1, 1);
        }

        assertThat(terminal).hasToString("");
    }

    private static LoadRecord load(String id) {
        return new LoadRecord(
                id,
                "orders",
                TableName.parse("orders"),
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(),
                PhaseTimes.NONE,
                null,
                null);
    }
}
