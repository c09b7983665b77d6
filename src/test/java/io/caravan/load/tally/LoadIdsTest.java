package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.TestingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadIdsTest {

    private final TestingClock clock = new TestingClock();

    @Test
    void anIdIsTheTimeInUtcAndChance() {
        clock.passMillis(1_795_000_000_123L);

        assertThat(new LoadIds(clock, () -> -1).next()).isEqualTo("20261118T110640.123Z-ffffffffff");
        assertThat(new LoadIds(clock, () -> 0x12_3456_789AL).randomText()).isEqualTo("123456789a");
    }

    @Test
    void itIsToldFromOtherTexts() {
        assertThat(LoadIds.isId(new LoadIds(clock, () -> 7).next())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "19700101T000000.000Z-000000000",
                "19700101T000000.000Z-00000000077",
                "19700101T000000.000Z-00000000FF",
                "19700101T000000Z-0000000007",
                "x19700101T000000.000Z-0000000007",
            })
    void otherTextsAreNone(String text) {
        assertThat(LoadIds.isId(text)).isFalse();
    }
}
