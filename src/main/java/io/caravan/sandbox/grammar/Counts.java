package io.caravan.sandbox.grammar;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted for all sessions together. Safe for use by several threads. */
public final class Counts {

    /** COPY has numbers of its own, and far fewer. */
    private static final int FIRST_QUERY = 1_000_000;

    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger queries = new AtomicInteger(FIRST_QUERY);

    /** Notes that a table may have been made, dropped or altered. */
    public void change() {
        changes.incrementAndGet();
    }

    /** Returns how often that was so. */
    public long changes() {
        return changes.get();
    }

    /** Returns the number of one more query. */
    public int nextQuery() {
        return queries.incrementAndGet();
    }
}
