package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void whatAnObjectMayDecompressToFollowsItsSize() {
        assertThat(Limits.DEFAULT.mostDecompressedBytes(0)).isEqualTo(Limits.FREE_BYTES);
        assertThat(Limits.DEFAULT.mostDecompressedBytes(100_000)).isEqualTo(Limits.FREE_BYTES);
        assertThat(Limits.DEFAULT.mostDecompressedBytes(1_000_000)).isEqualTo(1_000_000_000);
        assertThat(Limits.DEFAULT.mostDecompressedBytes(200_000_000)).isEqualTo(100_000_000_000L);
        assertThat(Limits.DEFAULT.mostDecompressedBytes(Long.MAX_VALUE)).isEqualTo(100_000_000_000L);
    }

    @Test
    void theSmallerLimitCounts() {
        assertThat(new Limits(1, 1, 0, 1, 1, 16, 5_000, 10).mostDecompressedBytes(1_000_000))
                .isEqualTo(5_000);
        assertThat(new Limits(1, 1, 0, 1, 1, 16, Long.MAX_VALUE, Long.MAX_VALUE).mostDecompressedBytes(2))
                .isEqualTo(Long.MAX_VALUE);
    }
}
