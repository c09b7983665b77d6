package io.caravan.route.poll;

import io.caravan.base.VisibleText;
import io.caravan.model.ObjectVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of the objects that a feed leaves alone because their names say that they are no data. Used by one thread. */
public final class LeftAlone {

    private static final Logger log = LoggerFactory.getLogger(LeftAlone.class);

    private final String feed;
    private @Nullable ObjectVersion first;
    private long others;
    private boolean isTold;

    public LeftAlone(String feed) {
        this.feed = feed;
    }

    public void add(ObjectVersion object) {
        if (first == null) {
            first = object;
        } else {
            others++;
        }
    }

    /** Tells of those that were added in a look; nothing the next time. */
    public void tell() {
        if (first != null && !isTold) {
            isTold = true;
            log.info(
                    "Feed {}: {}{} left alone: the names say that they are no data; 'include' takes such objects",
                    feed,
                    VisibleText.of(first.uri()),
                    others == 0 ? " is" : " and " + others + " more are");
        }
    }
}
