package io.caravan.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.testing.FeedBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedsOfTableTest {

    private static final TableName TABLE = TableName.parse("public.t");
    private static final Feed WIDE = feed("wide", "p/", "public.t");
    private static final Feed NARROW = feed("narrow", "p/q/", "public.t");
    private static final Feed OTHER = feed("other", "o/", "public.other");

    private final FeedsOfTable feeds = new FeedsOfTable(TABLE, List.of(WIDE, NARROW, OTHER));

    @Test
    void onlyFeedsOfTheTableCount() {
        assertThat(feeds.all()).containsExactly(WIDE, NARROW);
        assertThat(feeds.of(load("other", "o/k"))).isEmpty();
    }

    @Test
    void aLoadBelongsToTheFeedThatHasItsObjectsWhateverItWasCalled() {
        assertThat(feeds.of(load("narrow", "p/k"))).contains(WIDE);
        assertThat(feeds.of(load("former", "p/k"))).contains(WIDE);
    }

    @Test
    void ofSeveralFeedsThatHaveItsObjectsTheOneOfItsNameIsMeant() {
        assertThat(feeds.of(load("narrow", "p/q/k"))).contains(NARROW);
        assertThat(feeds.of(load("wide", "p/q/k"))).contains(WIDE);
        assertThat(feeds.of(load("former", "p/q/k"))).isEmpty();
    }

    private static LedgerLoad load(String feed, String key) {
        return PastLoads.of(1, feed, PastLoads.object(key, Outcome.LOADED, LoadCounts.NONE));
    }

    private static Feed feed(String name, String prefix, String table) {
        return new FeedBuilder()
                .name(name)
                .from("b", prefix)
                .into(TableName.parse(table), "id")
                .build();
    }
}
