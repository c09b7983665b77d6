package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.spi.TargetSession;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingFeed;
import org.junit.jupiter.api.Test;

class LostRowsTest {

    private final ScriptedSession session = new ScriptedSession();
    private final Feed feed = TestingFeed.of(Mode.UPSERT);
    private final LostRows lostRows = new LostRows();

    @Test
    void aTargetWithoutRowsIsAskedForOnceUntilRowsAreSeenAgain() {
        session.answer("countLost", 3L);

        look(feed, 0);
        look(feed, 0);
        assertThat(session.steps()).containsExactly("countLost");

        look(feed, 5);
        look(feed, 0);
        assertThat(session.steps()).containsExactly("countLost", "countLost");
    }

    @Test
    void aSnapshotMakesTheTargetWholeAgain() {
        look(TestingFeed.of(Mode.MIRROR), 0);
        look(TestingFeed.of(Mode.REPLACE), 0);

        assertThat(session.steps()).isEmpty();
    }

    @Test
    void theMessageNamesTheWayOut() {
        assertThat(LostRows.text(feed, 3))
                .contains("table public.t is empty, although the ledger has 3 objects")
                .endsWith("run: caravan objects rearm --feed f --prefix 'in/'");
    }

    private void look(Feed of, long rows) {
        lostRows.look(session.as(TargetSession.class), of, rows);
    }
}
