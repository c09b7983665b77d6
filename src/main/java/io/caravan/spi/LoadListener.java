package io.caravan.spi;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TargetTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Gets the events of loads. Loads of several feeds may run at once, each on a thread of its own, so implementations are safe
 * for use by several threads; they return at once and throw nothing.
 */
public interface LoadListener {

    /** Listens to nothing. */
    LoadListener NONE = new LoadListener() {};

    /**
     * A listing has found objects for the first time, or for the first time since somebody rearmed them.
     *
     * @param totalBytes their size as stored
     */
    default void objectsFound(String feedName, int objectCount, long totalBytes) {}

    /**
     * A listing has ended, of all objects of a feed or of the folders that notifications named.
     *
     * @param objectCount how many objects it has listed
     * @param newCount how many of them are to be loaded
     */
    default void objectsListed(String feedName, long objectCount, int newCount) {}

    /**
     * A load has taken its objects; {@link #loadFinished} or {@link #loadLeft} follows.
     *
     * @param objectCount objects of the load
     * @param totalBytes their size as stored
     */
    default void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {}

    /** The next object of a load is going to be read. */
    default void objectStarted(String loadId, ObjectVersion object) {}

    /**
     * More of an object has been read; called every batch or so.
     *
     * @param loadId the load that reads it
     * @param storedBytesDelta bytes, as stored, since the last call
     * @param rowsDelta records since the last call, rejected ones too
     */
    default void progress(String loadId, long storedBytesDelta, long rowsDelta) {}

    /** A load is over without an outcome: all its objects are left to a later load. */
    default void loadLeft(String loadId) {}

    /** A load is over, committed or failed; if it failed, its objects may be tried again at once. */
    default void loadFinished(LoadRecord load) {}

    /** A load knows the columns of its feed's target, which may have changed. */
    default void targetSeen(Feed feed, TargetTable target) {}

    /**
     * The target of a feed was created, or got new columns or longer ones.
     *
     * @param changes a line each, for people
     */
    default void schemaChanged(String feedName, List<String> changes) {}

    /**
     * An action of a feed has failed, and is tried again soon.
     *
     * @param tries the number of failures in a row
     * @param maxTries the greatest number of tries
     * @param delay until the next try
     */
    default void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {}

    /**
     * An object does not load, although others do or may.
     *
     * @param delay until its next try, at the earliest
     * @param isKnown whether this was told before, with the same code
     */
    default void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {}

    /**
     * No object of a feed has arrived for longer than its feed expects; told once, until one arrives.
     *
     * @param since when one was due
     */
    default void objectMissing(String feedName, Instant since) {}

    /**
     * A feed fails: none of its objects loads.
     *
     * @param delay until the next try, at the earliest
     * @param isKnown whether this was told before, with the same code
     */
    default void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {}

    /**
     * A feed cannot read its notifications, so it lists all its objects at every poll.
     *
     * @param isKnown whether this was told before, with the same code
     */
    default void notificationsFailed(String feedName, CaravanException reason, boolean isKnown) {}

    /** A feed can read its notifications again. */
    default void notificationsRecovered(String feedName) {}

    /** The table that a feed publishes in the Data Catalog could not be written; the write is tried again. */
    default void publishFailed(String feedName, CaravanException reason) {}

    /**
     * Objects that loads have dealt with could not be tagged, moved or deleted, as their feed says; that is tried again.
     *
     * @param objectCount how many, as far as it was tried
     * @param reason of the first of them
     * @param delay until the next try, at the earliest
     */
    default void tidyFailed(String feedName, int objectCount, CaravanException reason, Duration delay) {}

    /** A feed that failed loads again. */
    default void feedRecovered(String feedName) {}
}
