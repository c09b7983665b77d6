package io.caravan.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.wiring.LastContacts;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.LoadSession;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.TargetSession;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Health asks nobody who was seen lately, and asks the others rarely. */
public class ReachabilityTest {

    private final RetryableException away = new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "it is away");

    private final TestingClock clock = new TestingClock();
    private final LastContacts contacts = LastContacts.ofWarehouse(clock);
    private int asked;
    private @Nullable RetryableException failure;
    private Reachability warehouse = reachability(Runnable::run);

    private Reachability reachability(Executor executor) {
        return new Reachability("warehouse", contacts, this::ask, executor, clock);
    }

    /** As a call of the warehouse does. */
    private void ask() {
        asked++;
        if (failure != null) {
            contacts.failed(failure);
            throw failure;
        }
        contacts.seen();
    }

    @Test
    void whoIsUsedIsNotAsked() {
        for (int second = 0; second < 3600; second++) {
            if (second % 240 == 0) {
                contacts.seen();
            }
            warehouse.askIfNeeded();
            assertThat(warehouse.look().isReachable()).isTrue();
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(asked).isZero();
    }

    @Test
    void whoHasNotBeenUsedForMinutesIsAskedOnce() {
        contacts.seen();
        for (int second = 0; second < 3600; second++) {
            warehouse.askIfNeeded();
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(asked).isEqualTo(11);
    }

    @Test
    void whoIsAwayIsAskedEveryFewSecondsUntilItAnswers() {
        Instant since = clock.instant();
        failure = away;
        contacts.failed(away);
        for (int second = 0; second < 60; second++) {
            warehouse.askIfNeeded();
            assertThat(warehouse.look().isReachable()).isFalse();
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(asked).isEqualTo(12);
        assertThat(warehouse.last())
                .isEqualTo(new LastContacts.Contact(null, since, ErrorCode.WAREHOUSE_UNREACHABLE, "it is away"));

        failure = null;
        warehouse.askIfNeeded();
        assertThat(warehouse.look().isReachable()).isTrue();
    }

    @Test
    void whoDoesNotAnswerKeepsNobodyWaitingAndIsNotAskedTwiceAtOnce() {
        warehouse = reachability(question -> asked++);
        contacts.failed(away);
        warehouse.askIfNeeded();
        clock.pass(Duration.ofHours(1));
        warehouse.askIfNeeded();

        long began = System.nanoTime();
        assertThat(warehouse.look().isReachable()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whoRefusesIsThere() {
        contacts.seen();
        contacts.failed(new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "no"));

        assertThat(contacts.last().isReachable()).isTrue();
    }

    @Test
    void whatIsWatchedDoesTheSameAndIsSeen() {
        LastContacts store = LastContacts.ofStore(clock);
        ObjectStore watched = store.watch(ObjectStore.class, new TestingObjectStore());
        assertThat(store.last().isReachable()).isFalse();
        watched.list("b", "", object -> {});
        assertThat(store.last().isReachable()).isTrue();
    }

    /** That it is asked for says nothing yet. */
    @Test
    void anObjectThatIsReadAheadIsSeenWhenItIsOpened() {
        LastContacts store = LastContacts.ofStore(clock);
        ObjectStore watched = store.watch(ObjectStore.class, new TestingObjectStore());
        ObjectReader.Ahead ahead = watched.readAhead(new ObjectVersion("b", "k", "e", 1, Instant.EPOCH), 1);
        assertThat(store.last().isReachable()).isFalse();
        assertThat(ahead.open()).isEmpty();
        assertThat(store.last().isReachable()).isTrue();
    }

    @Test
    void aSessionOfAWarehouseIsWatchedToo() {
        ScriptedSession session = new ScriptedSession().answer("commit", () -> {
            throw away;
        });
        session.answer("target", session.as(TargetSession.class));
        try (LoadSession watched = contacts.watch(Opening.class, (Opening) () -> session.as(LoadSession.class))
                .open()) {
            assertThat(contacts.last().isReachable()).isTrue();
            TargetSession target = watched.target();
            assertThatThrownBy(target::commit).isSameAs(away);
        }
        assertThat(contacts.last().isReachable())
                .as("although it could be closed")
                .isFalse();
        assertThat(contacts.last().errorCode()).isEqualTo(ErrorCode.WAREHOUSE_UNREACHABLE);
    }

    public interface Opening {
        LoadSession open();
    }
}
