package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.TableName;
import io.caravan.testing.FeedBuilder;
import org.junit.jupiter.api.Test;

class FeedIdTest {

    @Test
    void severalPrefixesTellAFeedAndOneDoesAsEver() {
        assertThat(FeedId.of(feed("in/"), "w")).isEqualTo("employee\tdcc27e5b6b5213ed");
        assertThat(FeedId.of(feed("in/", "more/"), "w")).isNotEqualTo(FeedId.of(feed("in/"), "w"));
    }

    private static Feed feed(String... prefixes) {
        return new FeedBuilder()
                .name("employee")
                .from("bucket", prefixes)
                .into(TableName.parse("public.orders"), "id")
                .build();
    }

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
