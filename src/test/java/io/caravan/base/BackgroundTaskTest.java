package io.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {

    @Test
    void tasksAreDoneInTheirOrder() {
        List<Integer> done = new ArrayList<>();
        try (BackgroundTask background = new BackgroundTask("background", "counting")) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                background.start(() -> done.add(number));
            }
            background.await();

            assertThat(done).hasSize(100).isSorted();
        }
    }

    @Test
    void aFailureStays() {
        RetryableException failure = new RetryableException(ErrorCode.OBJECT_STORE_FAILED, "no room");
        try (BackgroundTask background = new BackgroundTask("background", "writing")) {
            background.start(() -> {
                throw failure;
            });

            assertThatThrownBy(background::await).isSameAs(failure);
            assertThatThrownBy(() -> background.start(() -> {})).isSameAs(failure);
            assertThatThrownBy(background::check).isSameAs(failure);
        }
    }

    @Test
    void anErrorComesAsItIs() {
        Error error = new StackOverflowError();
        try (BackgroundTask background = new BackgroundTask("background", "writing")) {
            background.start(() -> {
                throw error;
            });

            assertThatThrownBy(background::await).isSameAs(error);
        }
    }

    @Test
    void closingWaitsForWhatIsUnderWayEvenIfInterrupted() {
        List<String> done = new ArrayList<>();
        BackgroundTask background = new BackgroundTask("background", "writing");
        Thread closing = Thread.currentThread();
        background.start(() -> {
            // The interruption finds the thread in close, or on its way there.
            closing.interrupt();
            done.add("task");
        });

        background.close();

        assertThat(done).containsExactly("task");
        assertThat(Thread.interrupted()).isTrue();
    }
}
