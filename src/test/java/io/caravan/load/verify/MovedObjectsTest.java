package io.caravan.load.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.ObjectAction;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.key.KeyColumns;
import io.caravan.model.key.WantedObjects;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingObjectStore;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovedObjectsTest {

    private final TestingObjectStore store = new TestingObjectStore();
    private final ObjectVersion object = store.put("b", "in/k", "first");
    private boolean isHashed;

    @Test
    void anObjectIsReadWhereItIsAsLongAsItIsThere() throws IOException {
        store.put("b", "done/in/k", "other");
        assertThat(read()).contains("first");
    }

    @Test
    void aMovedObjectIsReadWhereItIsNow() throws IOException {
        store.copy(object, "done/in/k");
        store.delete(object);
        assertThat(read()).contains("first");
    }

    @Test
    void ofSeveralTheOneWithItsETagIsMeant() throws IOException {
        store.put("b", "done/in/k", "other");
        store.copy(object, "done/in/k." + object.etag());
        store.delete(object);
        isHashed = true;
        assertThat(read()).contains("first");
    }

    @Test
    void anotherETagIsTakenIfTheHashShowsTheBytes() throws IOException {
        store.put("b", "done/in/k", "other");
        store.delete(object);
        assertThat(read()).isEmpty();
        isHashed = true;
        assertThat(read()).contains("other");
    }

    @Test
    void anotherSizeIsAnotherObject() throws IOException {
        store.put("b", "done/in/k", "longer");
        store.delete(object);
        isHashed = true;
        assertThat(read()).isEmpty();
    }

    @Test
    void aFeedThatMovesNothingHasItsStoreAsItIs() {
        assertThat(MovedObjects.in(store, TestingFeed.of(Mode.UPSERT), version -> true))
                .isSameAs(store);
    }

    private Optional<String> read() throws IOException {
        AfterLoad afterLoad = new AfterLoad(ObjectAction.parse("move=done/", "loaded"), ObjectAction.KEEP);
        Feed feed = new FeedBuilder()
                .objects(new ObjectPolicy(ObjectOrder.TIME, false, WantedObjects.ALL, KeyColumns.NONE, null, afterLoad))
                .build();
        ObjectStore moved = MovedObjects.in(store, feed, version -> isHashed);
        Optional<ObjectBody> opened = moved.open(object);
        return opened.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(opened.get().content().readAllBytes(), UTF_8));
    }
}
