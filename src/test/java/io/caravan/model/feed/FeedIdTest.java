package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedIdTest {

    @Test
    void severalPrefixesTellAFeedAndOneDoesAsEver() {
        assertThat(FeedId.of(feed(List.of("in/")), "w")).isEqualTo("employee\tdcc27e5b6b5213ed");
        assertThat(FeedId.of(feed(List.of("in/", "more/")), "w")).isNotEqualTo(FeedId.of(feed(List.of("in/")), "w"));
    }

    private static Feed feed(List<String> prefixes) {
        return new Feed(
                "employee",
                "bucket",
                prefixes,
                TableName.parse("public.orders"),
                List.of("id"),
                CsvFormat.DEFAULT,
                Limits.DEFAULT,
                MergePolicy.DEFAULT,
                Provenance.NONE,
                FeedSql.NONE,
                ColumnPolicy.DEFAULT,
                SchemaPolicy.FIXED,
                false,
                ObjectPolicy.DEFAULT);
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
