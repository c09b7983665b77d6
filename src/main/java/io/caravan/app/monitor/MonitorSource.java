package io.caravan.app.monitor;

import io.caravan.app.camel.FeedParameter;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the pages know. Nothing here asks the warehouse but what {@link #ledger} and {@link #deadLetters} return, and they only
 * when somebody wants it.
 */
public interface MonitorSource {

    /** Returns the time. */
    Instant now();

    /** Returns the version of this program. */
    String version();

    /** Returns when the service started. */
    Instant started();

    /** Returns how each feed gets on, by their names. */
    List<FeedStatus> feeds();

    /** Returns a feed whose route runs. */
    Optional<Feed> feed(String name);

    /** Returns the name of a feed's file; null if it is not known. */
    @Nullable
    String fileOf(String feed);

    /** Returns the parameters of a feed that are in force. */
    List<FeedParameter> settings(String feed);

    /** Returns what was last seen of each system, by its name. */
    Map<String, Contact> systems();

    /** Returns how changes of the route files get on. */
    ReloadStatus reload();

    /** Returns what is wrong with the route files. */
    List<RouteProblem> problems();

    /** Returns objects of a feed that were found and wait, the oldest first. */
    List<ObjectVersion> waiting(String feed, Predicate<ObjectVersion> wanted, int limit);

    /** Returns whether the ledger knows a key, as of the last look; empty if nobody has looked yet. */
    Optional<Boolean> isKnown(String feed, String key);

    /** Returns what of the ledger belongs to the feed of a name. */
    FeedEntries entries(String feed);

    /** Returns what is remembered. */
    LoadHistory history();

    /** Returns the ledger, which asks the warehouse. */
    Ledger ledger();

    /** Returns the dead letters, which ask the warehouse. */
    DeadLetters deadLetters();
}
