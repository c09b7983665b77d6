package io.caravan.load.replay;

import io.caravan.model.feed.CsvFormat;
import io.caravan.model.ledger.DeadLetterGroup;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Replays of no dead letters, for what else is done differently in one. */
public final class TestingReplay {

    private TestingReplay() {}

    /** Returns one of rows that may overwrite newer ones, or not. */
    public static Replay of(boolean overwrites) {
        return new Replay(List.of(), new NoRecords(), CsvFormat.DEFAULT, overwrites, null);
    }

    /** Returns one of a feed whose objects are all there is. */
    public static Replay ofSnapshot() {
        return new Replay(List.of(), new NoRecords(), CsvFormat.DEFAULT, true, object -> false);
    }

    private static final class NoRecords implements ReplayedRecords {

        @Override
        public List<DeadLetterGroup> next(int limit) {
            return List.of();
        }

        @Override
        public Iterator<ReplayedRecord> open(DeadLetterGroup group) {
            return Collections.emptyIterator();
        }

        @Override
        public void close() {}
    }
}
