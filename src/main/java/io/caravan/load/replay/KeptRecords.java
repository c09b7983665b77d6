package io.caravan.load.replay;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.spi.DeadLetterReader;
import io.caravan.spi.DeadLetters;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of dead letters, with their stored text. */
final class KeptRecords implements ReplayedRecords {

    private final DeadLetters letters;
    private final DeadLetterReader reader;
    private final Feed feed;
    private final DeadLetterFilter filter;
    private final long until;
    private @Nullable DeadLetterGroup last;

    /**
     * Reads dead letters of a feed.
     *
     * @param filter which of them; only open ones are read
     */
    KeptRecords(DeadLetters letters, Feed feed, DeadLetterFilter filter) {
        // What is rejected again is for another time.
        this(letters, feed, filter.open(), letters.lastPosition(feed.target()));
    }

    private KeptRecords(DeadLetters letters, Feed feed, DeadLetterFilter filter, long until) {
        this.letters = letters;
        this.reader = letters.reader();
        this.feed = feed;
        this.filter = filter;
        this.until = until;
    }

    /** Reads those that a load has replayed. */
    static KeptRecords replayedBy(String load, DeadLetters letters, Feed feed) {
        return new KeptRecords(letters, feed, DeadLetterFilter.ofReplay(load), Long.MAX_VALUE);
    }

    @Override
    public List<DeadLetterGroup> next(int limit) {
        List<DeadLetterGroup> page =
                letters.groups(feed.target(), filter, feed.objects().order(), until, last, limit);
        if (!page.isEmpty()) {
            last = page.get(page.size() - 1);
        }
        return page;
    }

    @Override
    public Iterator<ReplayedRecord> open(DeadLetterGroup group) {
        Iterator<DeadLetter> read = reader.read(filter.ofObject(group.load(), group.position()));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return read.hasNext();
            }

            @Override
            public ReplayedRecord next() {
                DeadLetter letter = read.next();
                boolean isOriginal = !letter.errorCode().equals(ErrorCode.VALUE_REFUSED_BY_COPY.name());
                return new ReplayedRecord(letter.line(), letter.raw(), isOriginal);
            }
        };
    }

    @Override
    public void close() {
        reader.close();
    }
}
