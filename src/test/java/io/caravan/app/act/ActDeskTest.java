package io.caravan.app.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.act.ActTicket.State;
import io.caravan.app.history.EventKind;
import io.caravan.app.history.HistoryLimits;
import io.caravan.app.history.LoadHistory;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.testing.TestingClock;
import io.caravan.testing.Waiting;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActDeskTest {

    private static final Act DROP = new Act(ActKind.DROP, "orders", null, "VALUE_NULL", null, null, null);

    private final TestingClock clock = new TestingClock();
    private final LoadHistory history = new LoadHistory(new HistoryLimits(10, 10, 10), clock);
    private final ActDesk desk = new ActDesk(
            new Acting() {
                @Override
                public ActResult count(Act act) {
                    if (fails) {
                        throw new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "away");
                    }
                    return new ActResult(there, List.of("a note"));
                }

                @Override
                public ActResult run(Act act, String by) {
                    runs.incrementAndGet();
                    long done = there;
                    there = 0;
                    return new ActResult(done, List.of());
                }
            },
            history,
            new Random(1),
            clock);

    private volatile long there = 7;
    private final AtomicInteger runs = new AtomicInteger();
    private volatile boolean fails;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void isCountedThenConfirmedThenDoneOnce() throws Exception {
        String id = desk.take(DROP, "anna").orElseThrow().id();
        await(id, State.COUNTED);
        assertThat(desk.find(id).orElseThrow().count()).isEqualTo(7);
        assertThat(runs).hasValue(0);

        desk.confirm(id, 7, "anna");
        await(id, State.DONE);
        desk.confirm(id, 7, "anna");
        assertThat(desk.find(id).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(runs).hasValue(1);
        assertThat(history.events(event -> event.kind() == EventKind.ACT, null, 10))
                .singleElement()
                .extracting(event -> event.text())
                .isEqualTo("anna has dropped 7 open dead letters of feed orders, with code VALUE_NULL");
    }

    @Test
    void anotherCountThanConfirmedIsNotDone() throws Exception {
        String id = desk.take(DROP, "anna").orElseThrow().id();
        await(id, State.COUNTED);
        desk.confirm(id, 6, "anna");
        desk.confirm(id, 7, "bert");
        assertThat(desk.find(id).orElseThrow().state()).isEqualTo(State.COUNTED);

        there = 8;
        desk.confirm(id, 7, "anna");
        Waiting.until("it is counted anew", () -> desk.find(id).orElseThrow().count() == 8);
        await(id, State.COUNTED);
        assertThat(runs).hasValue(0);
        desk.confirm(id, 8, "anna");
        await(id, State.DONE);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aFailureIsSaid() throws Exception {
        fails = true;
        String id = desk.take(DROP, "anna").orElseThrow().id();
        await(id, State.FAILED);
        assertThat(desk.find(id).orElseThrow().notes()).containsExactly("WAREHOUSE_UNREACHABLE: away");
    }

    @Test
    void allObjectsOfAFeedAreMeantOnlyByAnEmptyPrefix() {
        assertThat(new Act(ActKind.REARM, "orders", null, null, null, null, null).isChosen())
                .isFalse();
        assertThat(new Act(ActKind.REARM, "orders", null, null, null, null, "").isChosen())
                .isTrue();
        assertThat(DROP.isChosen()).isTrue();
    }

    private void await(String id, State state) throws Exception {
        Waiting.until("it is " + state, () -> desk.find(id).orElseThrow().state() == state);
    }
}
