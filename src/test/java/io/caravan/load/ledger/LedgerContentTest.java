package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingSession;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingWarehouse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerContentTest {

    private static final ContentHash CONTENT = new ContentHash("sha-1", "0123456789abcdef0123456789abcdef");

    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final ScriptedSession session = new ScriptedSession();
    private final Feed feed = TestingFeed.of(Mode.UPSERT);
    private final LedgerIndex index = new LedgerIndex(warehouse, feed.target(), new TestingClock(), read -> {});

    @BeforeEach
    void loadedBefore() {
        ObjectVersion loaded = version("a", "e1", 5);
        warehouse.addToLedger(loaded, Outcome.LOADED, CONTENT.sha256());
        warehouse.addContent(new LoadedContent(loaded, CONTENT.sha256()));
        index.refresh();
    }

    @Test
    void onlyAVersionOfTheSameSizeMayBeTheOneThatIsLoaded() {
        LedgerContent content = content(feed, version("a", "e2", 5), version("b", "e2", 5));

        assertThat(content.mayBeLoaded(version("a", "e2", 5))).isTrue();
        assertThat(content.mayBeLoaded(version("b", "e2", 5))).isFalse();
        assertThat(content(feed, version("a", "e2", 6)).mayBeLoaded(version("a", "e2", 6)))
                .isFalse();
    }

    @Test
    void itsBytesTell() {
        LedgerContent content = content(feed, version("a", "e2", 5));

        assertThat(content.isLoaded(version("a", "e2", 5), CONTENT)).isTrue();
        assertThat(content.isLoaded(version("a", "e2", 5), new ContentHash("sha-2", null)))
                .isFalse();
        assertThat(content.isLoaded(version("b", "e2", 5), CONTENT)).isFalse();
    }

    @Test
    void anObjectWithTheBytesOfAnotherKeyIsNamedByIt() {
        session.answer("findLoaded", List.of(new LoadedContent(version("a", "e1", 5), CONTENT.sha256())));
        List<ObjectTally> tallies = List.of(read(1, "b", CONTENT));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(sameAs(tallies.get(0))).isEqualTo("in/a");
        assertThat(tallies.get(0).isGood()).isTrue();
        assertThat(session.calls()).containsExactly("findLoaded [sha-1]");
    }

    @Test
    void whereTheFeedSaysSoItIsLeftOut() {
        session.answer("findLoaded", List.of(new LoadedContent(version("a", "e1", 5), CONTENT.sha256())));
        List<ObjectTally> tallies = List.of(read(1, "b", CONTENT));

        content(TestingFeed.skippingRepeated(MergePolicy.DEFAULT))
                .findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(tallies.get(0).isNeedless()).isTrue();
    }

    @Test
    void whatAnotherVersionHasFollowedUnderItsKeyIsNotInTheTargetAnyMore() {
        warehouse.addToLedger(version("a", "e2", 5), Outcome.LOADED);
        index.refresh();
        session.answer("findLoaded", List.of(new LoadedContent(version("a", "e1", 5), CONTENT.sha256())));
        List<ObjectTally> tallies = List.of(read(1, "b", CONTENT));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(sameAs(tallies.get(0))).isNull();
    }

    @Test
    void ofTwoObjectsOfALoadTheSecondRepeatsTheFirst() {
        session.answer("findLoaded", List.of());
        List<ObjectTally> tallies = List.of(read(1, "b", CONTENT), read(2, "c", CONTENT));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(sameAs(tallies.get(0))).isNull();
        assertThat(sameAs(tallies.get(1))).isEqualTo("in/b");
    }

    @Test
    void theLedgerIsNotAskedOfSizesThatItDoesNotHave() {
        ObjectTally other = new ObjectTally(1, version("b", "e", 77), false, false);
        other.setContent(CONTENT);

        content(feed).findElsewhere(session.as(StagingSession.class), List.of(other));

        assertThat(session.calls()).isEmpty();
    }

    @Test
    void theLedgerIsNotAskedOfBytesThatItDoesNotHave() {
        List<ObjectTally> tallies = List.of(read(1, "b", new ContentHash("other", null)));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(session.calls()).isEmpty();
    }

    @Test
    void anObjectThatWasNotReadToItsEndIsNoneOfOthers() {
        ObjectTally unread = new ObjectTally(1, version("b", "e", 5), false, false);

        content(feed).findElsewhere(session.as(StagingSession.class), List.of(unread));

        assertThat(session.calls()).isEmpty();
    }

    @Test
    void anEarlierVersionOfTheSameKeyIsNoOtherObject() {
        session.answer("findLoaded", List.of(new LoadedContent(version("a", "e1", 5), CONTENT.sha256())));
        List<ObjectTally> tallies = List.of(read(1, "a", CONTENT));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(sameAs(tallies.get(0))).isNull();
    }

    @Test
    void oneOfAnotherBucketIsNamedWithIt() {
        ObjectVersion elsewhere = new ObjectVersion("other", "in/b", "e1", 5, Instant.EPOCH);
        warehouse.addToLedger(elsewhere, Outcome.LOADED, CONTENT.sha256());
        index.refresh();
        session.answer("findLoaded", List.of(new LoadedContent(elsewhere, CONTENT.sha256())));
        List<ObjectTally> tallies = List.of(read(1, "b", CONTENT));

        content(feed).findElsewhere(session.as(StagingSession.class), tallies);

        assertThat(sameAs(tallies.get(0))).isEqualTo("s3://other/in/b");
    }

    /** Of what an older release has loaded only the MD5 is known, which is its ETag. */
    @Test
    void theMd5IsReckonedWhereItIsAllThereIs() {
        ObjectVersion old = version("m", "0123456789abcdef0123456789abcdef", 7);
        warehouse.addToLedger(old, Outcome.LOADED);
        warehouse.addContent(new LoadedContent(old, null));
        index.refresh();
        LedgerContent content = content(feed, version("m", "e2", 7), version("a", "e2", 5));
        ScriptedSession store =
                new ScriptedSession().answer("open", Optional.empty()).answer("openWithMd5", Optional.empty());

        content.reader(store.as(ObjectStore.class)).open(version("m", "e2", 7));
        content.reader(store.as(ObjectStore.class)).open(version("a", "e2", 5));
        content.reader(store.as(ObjectStore.class))
                .readAhead(version("m", "e2", 7), 1)
                .open();

        assertThat(store.steps()).containsExactly("openWithMd5", "open", "openWithMd5");
        assertThat(content.isLoaded(version("m", "e2", 7), CONTENT)).isTrue();
    }

    private static @Nullable String sameAs(ObjectTally tally) {
        return tally.entry(ChangeCounts.NONE).sameAs();
    }

    private static ObjectTally read(int number, String key, ContentHash hash) {
        ObjectTally tally = new ObjectTally(number, version(key, "e", 5), false, false);
        tally.setContent(hash);
        return tally;
    }

    private LedgerContent content(Feed of, ObjectVersion... objects) {
        return new LedgerContent(of, warehouse, index, List.of(objects));
    }

    private static ObjectVersion version(String key, String etag, long sizeBytes) {
        return new ObjectVersion("b", "in/" + key, etag, sizeBytes, Instant.EPOCH);
    }
}
