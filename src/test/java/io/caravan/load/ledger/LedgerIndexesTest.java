package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerIndexesTest {

    private static final ObjectVersion OBJECT = new ObjectVersion("b", "in/a", "e", 1, Instant.EPOCH);

    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final TestingClock clock = new TestingClock();
    private final LedgerIndexes indexes = new LedgerIndexes(warehouse, Duration.ofSeconds(30), clock);
    private final Feed feed = TestingFeed.of(Mode.UPSERT);

    @Test
    void feedsOfOneTargetShareWhatIsKnown() {
        assertThat(indexes.of(feed.target())).isSameAs(indexes.of(TableName.parse("public.t")));
        assertThat(indexes.of(feed.target())).isNotSameAs(indexes.of(TableName.parse("public.u")));
    }

    @Test
    void theLedgerIsLookedAtWhenTheLastLookIsLongAgo() {
        indexes.look(feed.target());
        clock.passSeconds(29);
        indexes.look(feed.target());
        assertThat(warehouse.readings()).isEqualTo(1);
        clock.passSeconds(1);
        indexes.look(feed.target());
        assertThat(warehouse.readings()).isEqualTo(2);
    }

    @Test
    void objectsAreFoundAsTheLastLookHasThem() {
        assertThat(indexes.find(feed.target(), OBJECT)).isEqualTo(Known.NEW);
        warehouse.addToLedger(OBJECT, Outcome.LOADED);
        assertThat(indexes.find(feed.target(), OBJECT)).isEqualTo(Known.NEW);
        assertThat(indexes.findNew(feed.target(), List.of(OBJECT))).isEmpty();
        assertThat(indexes.find(feed.target(), OBJECT)).isEqualTo(Known.DONE);
    }

    @Test
    void aTargetThatWasEmptiedIsToldOfOnceIfItsLedgerHasAnything() {
        warehouse.lost(3);
        try (RememberedLog log = new RememberedLog()) {
            indexes.tellOfLostRows(feed);
            assertThat(log.messages()).isEmpty();

            warehouse.addToLedger(OBJECT, Outcome.LOADED);
            indexes.of(feed.target()).refresh();
            indexes.tellOfLostRows(feed);
            indexes.tellOfLostRows(feed);
            assertThat(log.messages()).containsExactly("Feed f: " + LostRows.text(feed, 3));
        }
    }
}
