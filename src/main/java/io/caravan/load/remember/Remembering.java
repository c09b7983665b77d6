package io.caravan.load.remember;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.Feed;
import io.caravan.spi.RememberedFiles;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The memories in which feeds keep their loaded rows. Safe for use by several threads. */
public final class Remembering {

    private final RememberedFiles files;
    private final long maxBytes;
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    /**
     * Remembers nothing yet.
     *
     * @param maxBytes most bytes of memory that one load takes for it
     */
    public Remembering(RememberedFiles files, long maxBytes) {
        this.files = requireNonNull(files, "files");
        this.maxBytes = maxBytes;
    }

    RememberedFiles files() {
        return files;
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Returns a load's memory of the rows of the feed's target, for a feed that remembers them. */
    public RowMemory rows(Feed feed, String loadId) {
        return new RememberedRows(this, feed, loadId);
    }

    /** Notes that the feed's memory is no longer valid: until it is written anew, loads do without it. */
    void distrust(String feed) {
        outdated.add(feed);
    }

    void trust(String feed) {
        outdated.remove(feed);
    }

    boolean isOutdated(String feed) {
        return outdated.contains(feed);
    }
}
