package io.caravan.redshift.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.model.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerWaitTest {

    private static final TableName TARGET = TableName.parse("public.employee");

    @Test
    void whoWaitsIsToldOfAgainAndAgainUntilItIsOver() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (LedgerWait wait = new LedgerWait(Duration.ofMillis(1), message -> {
            messages.add(message);
            twice.countDown();
        })) {
            wait.during(TARGET, () -> await(twice));
        }
        assertThat(messages)
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly(
                        "Waiting for the ledger of public.employee: a transaction has it locked, of another load or"
                                + " of somebody else; SVV_TRANSACTIONS says whose");
    }

    @Test
    void whatIsDoneSoonOrFailsIsNotToldOf() throws SQLException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (LedgerWait wait = new LedgerWait(Duration.ofHours(1), messages::add)) {
            wait.during(TARGET, () -> {});
            assertThatThrownBy(() -> wait.during(TARGET, () -> {
                        throw new SQLException("failed");
                    }))
                    .hasMessage("failed");
        }
        assertThat(messages).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
