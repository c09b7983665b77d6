package io.caravan.model.feed;

import java.util.Locale;

/** Which part this process has in a feed. */
public enum FeedRole {
    /** It loads the feed's objects. */
    LEADER,
    /** Another replica does; this one would take over. */
    STANDBY;

    /** Returns the name as people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
