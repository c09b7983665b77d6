package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import io.caravan.testing.ScriptedSession;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsertStagingTest {

    private final ScriptedSession session = new ScriptedSession();

    @Test
    void aTableIsOpenedOnceAndNoTransactionStaysOpen() {
        session.answer("insert", session.as(StagingInsert.class));
        InsertStaging staging = new InsertStaging(session.as(StagingSession.class));

        staging.write(StagingTable.ROWS, writer -> writer.field("1"));
        staging.write(StagingTable.ROWS, writer -> writer.field("2"));
        staging.write(StagingTable.REJECTED, writer -> writer.field("3"));
        staging.finish(List.of());
        staging.close();

        assertThat(session.calls())
                .containsExactly(
                        "insert ROWS",
                        "field 1",
                        "endPrivatePart",
                        "field 2",
                        "endPrivatePart",
                        "insert REJECTED",
                        "field 3",
                        "endPrivatePart",
                        "flush",
                        "flush");
    }
}
