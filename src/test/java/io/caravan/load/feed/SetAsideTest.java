package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetAsideTest {

    private static final ObjectVersion A = version("x/a");
    private static final ObjectVersion B = version("y/b");

    private final TestingClock clock = new TestingClock();
    private final SetAside aside = new SetAside(RetryPolicy.DEFAULT, clock, () -> 0);

    @Test
    void anObjectThatFailsAgainIsLeftAloneLonger() {
        assertThat(fail(A)).isEqualTo(Duration.ofMinutes(1));
        assertThat(fail(A)).isEqualTo(Duration.ofMinutes(2));
        assertThat(fail(B)).isEqualTo(Duration.ofMinutes(1));

        assertThat(aside.all())
                .containsExactly(
                        new ObjectSetAside(A, ErrorCode.OBJECT_DENIED, "OBJECT_DENIED", 2, Instant.ofEpochSecond(120)),
                        new ObjectSetAside(B, ErrorCode.OBJECT_DENIED, "OBJECT_DENIED", 1, Instant.ofEpochSecond(60)));
        assertThat(aside.reason(A)).isEqualTo(ErrorCode.OBJECT_DENIED);
        assertThat(aside.reason(version("z"))).isNull();
    }

    @Test
    void theOneThatWasTriedLongestAgoHasItsTurnFirst() {
        fail(A);
        fail(B);
        fail(A);
        clock.passSeconds(59);
        aside.beginPass();
        assertThat(aside.due()).isEmpty();

        clock.passSeconds(1);
        assertThat(aside.due()).containsExactly(B);
        clock.passSeconds(60);
        assertThat(aside.due()).containsExactly(B, A);
    }

    @Test
    void inThePassInWhichItFailedItHasNoOtherTry() {
        fail(A);
        clock.passSeconds(600);
        assertThat(aside.due()).isEmpty();

        aside.beginPass();
        assertThat(aside.due()).containsExactly(A);
    }

    @Test
    void whatAnotherProcessHasSetAsideIsDueAtOnce() {
        aside.restore(A);
        fail(B);
        aside.restore(B);

        assertThat(aside.due()).containsExactly(A);
        assertThat(aside.all())
                .as("what is known of one stays")
                .extracting(ObjectSetAside::failures)
                .containsExactly(0, 1);
        assertThat(aside.reason(A)).isNull();
    }

    @Test
    void whatIsNotNewAnyMoreIsForgottenWhereSomebodyHasLooked() {
        fail(A);
        fail(B);

        aside.retain(List.of(), new Scope(List.of("x/")));
        assertThat(aside.contains(A)).isFalse();
        assertThat(aside.contains(B)).isTrue();

        aside.retain(List.of(B), new Scope(List.of("")));
        assertThat(aside.contains(B)).isTrue();
        aside.remove(List.of(B));
        assertThat(aside.contains(B)).isFalse();
    }

    private Duration fail(ObjectVersion object) {
        return aside.failed(object, TestingSource.exception(ErrorCode.OBJECT_DENIED));
    }

    private static ObjectVersion version(String key) {
        return new ObjectVersion("b", key, "e", 1, Instant.EPOCH);
    }
}
