package io.caravan.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ledger.Outcome;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void partialSuccessIsNeverGreen() {
        assertThat(Stream.of(Outcome.values()).map(outcome -> State.of(outcome, 1)))
                .doesNotContain(State.LOADED)
                .contains(State.PARTLY, State.REJECTED, State.FAILED);
        assertThat(State.PARTLY.css()).isNotEqualTo(State.LOADED.css()).isNotEqualTo(State.FAILED.css());
        assertThat(State.WITH_REJECTED.css()).isEqualTo(State.PARTLY.css());
        assertThat(State.PARTLY.needsLook()).isTrue();
    }

    @Test
    void everyStateHasAWordOfItsOwnAndAShape() {
        assertThat(Arrays.stream(State.values()).map(State::word)).doesNotHaveDuplicates();
        for (State state : State.values()) {
            assertThat(state.badge().toString()).contains("<path d=").endsWith(" " + state.word() + "</span>");
        }
    }
}
