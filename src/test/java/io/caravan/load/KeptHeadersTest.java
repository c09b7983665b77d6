package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptHeadersTest {

    private final KeptHeaders headers = new KeptHeaders();

    @Test
    void aHeaderThatRepeatsIsKeptOnce() {
        String first = "id,name";

        assertThat(headers.keep(first)).isSameAs(first);
        assertThat(headers.keep(String.join(",", "id", "name"))).isSameAs(first);
        assertThat(headers.keep(null)).isNull();
        assertThat(headers.keep("id")).isEqualTo("id");
    }

    @Test
    void headersThatDifferAreTooLongTogetherInTheEnd() {
        String half = "x".repeat(2 * 1024 * 1024);

        headers.keep(half);
        headers.keep(half);
        assertThat(headers.areTooLong()).isFalse();
        headers.keep(half + "y");
        assertThat(headers.areTooLong()).isTrue();
    }
}
