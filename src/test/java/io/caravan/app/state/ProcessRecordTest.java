package io.caravan.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessRecordTest {

    private static final TriedObject A = new TriedObject("feed", "b", "a b\n\u0001%/\u20ac.csv", "e-1");
    private static final TriedObject B = new TriedObject("feed", "b", "", "e");

    private final ProcessRecord record = new ProcessRecord(
            1,
            Instant.parse("2026-11-30T10:00:00.123Z"),
            List.of(Path.of("/a b/hs_err.log"), Path.of("/tmp/x.log")),
            Map.of(A, 1),
            List.of(B, A));

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(ProcessRecord.parse(record.text())).contains(record);
        assertThat(ProcessRecord.parse(record.text() + "loading left of an earlier text\n"))
                .contains(record);
    }

    @Test
    void whatIsNotWholeIsNone() {
        String text = record.text();

        assertThat(ProcessRecord.parse("")).isEmpty();
        assertThat(ProcessRecord.parse("something else\nend\n")).isEmpty();
        for (int length = 0; length < text.length() - 1; length++) {
            assertThat(ProcessRecord.parse(text.substring(0, length))).isEmpty();
        }
    }

    @Test
    void theEndOfTheProcessCountsForWhatItWasLoading() {
        assertThat(record.deathsAfter(true)).isEqualTo(Map.of(A, 2, B, 1));
        assertThat(record.deathsAfter(false)).isEqualTo(Map.of(A, 1));
    }

    @Test
    void thisProcessLoadsNothingYet() {
        ProcessRecord self = ProcessRecord.ofThisProcess();

        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(self.loading()).isEmpty();
        assertThat(self.errorLogs()).isNotEmpty();
    }
}
