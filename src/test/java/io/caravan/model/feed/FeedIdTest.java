package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedIdTest {

    @Test
    void namesakesHaveTheNameInCommonAndNothingElse() {
        assertThat(FeedId.areNamesakes("employee\t1", "employee\t2")).isTrue();
        assertThat(FeedId.areNamesakes("employee\t1", "employee\t1")).isFalse();
        assertThat(FeedId.areNamesakes("employee\t1", "orders\t1")).isFalse();
        assertThat(FeedId.areNamesakes("employee\t1", "employee"))
                .as("a name alone may be any feed")
                .isFalse();
        assertThat(FeedId.name("employee\t1")).isEqualTo("employee");
        assertThat(FeedId.name("employee")).isEqualTo("employee");
    }
}
