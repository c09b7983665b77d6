package io.caravan.load.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import io.caravan.spi.Ledger.Mode;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerChangesTest {

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final NotedLedger ledger = new NotedLedger();
    private final ScriptedSession letters = new ScriptedSession();
    private final LedgerChanges changes = new LedgerChanges(
            feed -> store, warehouse, ledger, letters.as(DeadLetters.class), new TestingClock(), () -> 7);
    private final Feed feed = new FeedBuilder().from("b", "in/", "more/").build();

    @Test
    void skippedAreThoseUnderTheFeedsPrefixesThatAreMeantAndForIt() {
        ObjectVersion one = store.put("b", "in/a", "x");
        ObjectVersion other = store.put("b", "more/b", "x");
        store.put("b", "in/unmeant", "x");
        store.put("b", "in/_SUCCESS", "x");
        store.put("b", "elsewhere/a", "x");

        long count = changes.skip(feed, object -> !object.key().contains("unmeant"), Mode.WRITE);

        assertThat(count).isEqualTo(2);
        assertThat(ledger.skipped).containsExactly(one, other);
        assertThat(ledger.load()).isEqualTo(load(Outcome.SKIPPED));
    }

    @Test
    void aDryRunPreparesNothing() {
        changes.skip(feed, object -> true, Mode.DRY_RUN);
        assertThat(warehouse.hasPreparedLedger()).isFalse();

        changes.skip(feed, object -> true, Mode.WRITE);
        assertThat(warehouse.hasPreparedLedger()).isTrue();
    }

    @Test
    void whatIsRearmedIsSaidByALoadOfNoObjects() {
        ObjectFilter filter = new ObjectFilter(null, null, null, null, null, null);

        assertThat(changes.rearm(feed, filter, Mode.DRY_RUN)).isEqualTo(3);

        assertThat(ledger.load()).isEqualTo(load(Outcome.REARMED));
        assertThat(ledger.mode).isEqualTo(Mode.DRY_RUN);
    }

    @Test
    void aRejectedObjectIsRearmedWithItsDeadLetters() {
        ObjectVersion object = new ObjectVersion("b", "in/a", "e", 1, Instant.EPOCH);
        letters.answer("rearm", true);

        assertThat(changes.rearm(feed, new DeadLetterGroup(object, "l0", 5, Outcome.REJECTED, "id", 2), Mode.WRITE))
                .isTrue();
        assertThat(letters.calls())
                .singleElement()
                .asString()
                .contains("REARMED")
                .endsWith("WRITE");
    }

    private LoadRecord load(Outcome outcome) {
        return new LoadRecord(
                "19700101T000000.000Z-0000000007",
                "f",
                feed.target(),
                Instant.EPOCH,
                Instant.EPOCH,
                outcome,
                List.of(),
                PhaseTimes.NONE,
                null,
                null);
    }

    private static final class NotedLedger implements Ledger {

        @Override
        public long readLoads(LoadFilter filter, long limit, Consumer<PastLoad> action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> findUntold() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void note(PastAct act) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readActs(int limit, Consumer<PastAct> action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void told(String loadId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long readObjects(TableName target, String loadId, long limit, Consumer<PastObject> action) {
            throw new UnsupportedOperationException();
        }

        private final List<ObjectVersion> skipped = new ArrayList<>();
        private @Nullable LoadRecord load;
        private @Nullable Mode mode;

        LoadRecord load() {
            return requireNonNull(load);
        }

        @Override
        public long read(ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long rearm(Feed feed, LoadRecord saying, ObjectFilter filter, Mode asked) {
            load = saying;
            mode = asked;
            return 3;
        }

        @Override
        public long skip(Feed feed, LoadRecord saying, Consumer<Consumer<ObjectVersion>> listing, Mode asked) {
            load = saying;
            listing.accept(skipped::add);
            return skipped.size();
        }
    }
}
