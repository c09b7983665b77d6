package io.caravan.sandbox.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LongNamesTest {

    @Test
    void aNameThatPostgresqlKeepsIsItself() {
        assertThat(LongNames.shorten("x".repeat(63))).isEqualTo("x".repeat(63));
        assertThat(LongNames.shorten("ä".repeat(31))).isEqualTo("ä".repeat(31));
    }

    @Test
    void longerOnesAreShortAndDifferent() {
        String one = LongNames.shorten("x".repeat(63) + "1");
        String two = LongNames.shorten("x".repeat(63) + "2");
        assertThat(one).startsWith("xxx").isNotEqualTo(two).hasSizeLessThanOrEqualTo(63);
        assertThat(LongNames.mayHold(one)).isTrue();
        assertThat(LongNames.shorten(one)).isEqualTo(one);
        assertThat(LongNames.shorten("€".repeat(42)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void whatIsBeyond127BytesMeansNothing() {
        assertThat(LongNames.cut("x".repeat(200))).isEqualTo("x".repeat(127));
        assertThat(LongNames.cut("ä".repeat(64))).as("whole characters").isEqualTo("ä".repeat(63));
        assertThat(LongNames.shorten("x".repeat(127) + "a")).isEqualTo(LongNames.shorten("x".repeat(127) + "b"));
    }
}
