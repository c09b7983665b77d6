package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.TableName;
import io.caravan.testing.FeedBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedEntriesTest {

    private static final TableName ORDERS = TableName.parse("public.orders");
    private static final TableName OTHER = TableName.parse("public.other");

    @Test
    void otherFeedsOfItsTableHaveTheirs() {
        Feed feed = feed("a", "a/", ORDERS);

        assertThat(FeedEntries.of(feed, List.of(feed, feed("b", "b/", ORDERS), feed("c", "a/", OTHER))))
                .isEqualTo(new FeedEntries(
                        "a", new FeedPlace(ORDERS, "bucket", "a/"), List.of(new FeedPlace(ORDERS, "bucket", "b/"))));
    }

    @Test
    void aNameThatNoFeedHasMeansWhatBearsIt() {
        assertThat(FeedEntries.named("gone")).isEqualTo(new FeedEntries("gone", null, List.of()));
    }

    private static Feed feed(String name, String prefix, TableName target) {
        return new FeedBuilder()
                .name(name)
                .from("bucket", prefix)
                .into(target, "id")
                .build();
    }
}
