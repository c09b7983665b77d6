package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TableName;
import io.caravan.spi.StagedLoad;
import io.caravan.spi.StagingArea;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose data files go; {@link LeftoversIT} deletes real ones. */
class LeftoversTest {

    private static final String FIRST = "20261101T000000.000Z-0000000001";
    private static final String SECOND = "20261102T000000.000Z-0000000002";

    private final ScriptedSession session = new ScriptedSession();
    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final TestingClock clock = new TestingClock();

    @Test
    void filesOfALoadThatHasEndedGo() {
        hasStaged(staged(FIRST, 0), staged(SECOND, 0));
        warehouse.record(LoadRecord.failed(
                SECOND,
                "f",
                TableName.parse("public.t"),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy")));

        delete();

        assertThat(deleted()).containsExactly(SECOND);
    }

    @Test
    void filesThatAreTooOldForALoadThatLivesGo() {
        clock.passSeconds(3_600);
        hasStaged(staged(FIRST, -1), staged(SECOND, 0));

        delete();

        assertThat(deleted()).containsExactly(FIRST);
    }

    @Test
    void whatIsNotOfALoadIsNobodysToDelete() {
        clock.passSeconds(10_000);
        hasStaged(staged("something", 0));

        delete();

        assertThat(deleted()).isEmpty();
    }

    @Test
    void whatCannotBeDoneNowFailsNothing() {
        session.answer("findLoads", () -> {
            throw new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "busy");
        });

        delete();

        assertThat(deleted()).isEmpty();
    }

    private void delete() {
        new Leftovers(session.as(StagingArea.class), warehouse, Duration.ofHours(1), clock).delete();
    }

    private void hasStaged(StagedLoad... loads) {
        session.answer("findLoads", List.of(loads));
    }

    private List<String> deleted() {
        return session.calls().stream()
                .filter(call -> call.startsWith("delete "))
                .map(call -> call.replaceAll(".*loadId=([^,]+),.*", "$1"))
                .toList();
    }

    private static StagedLoad staged(String load, long second) {
        return new StagedLoad(load, Instant.ofEpochSecond(second), List.of("k"));
    }
}
