package io.caravan.model.status;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import io.caravan.model.feed.FeedRole;
import io.caravan.model.ledger.ObjectSetAside;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed gets on, at one moment. What is counted is counted since the feed was started in this process.
 *
 * @param feed the feed's name
 * @param role which part this process has in it
 * @param isWaiting whether a load waits for its turn, because loads of other feeds take all connections
 * @param firstPassOver whether all that was there at the start has been dealt with, or set aside, or the feed has failed
 * @param lastGood when all that was new had last been dealt with, or set aside; null if never since the start
 * @param lastLoad when the last load ended that committed; null if none did since the start
 * @param newestObject when the store got the newest object of all that were listed, loaded or not; null if there was none
 * @param backlog what is found and not dealt with
 * @param failingSince since when nothing of the feed loads; null if it does
 * @param failures how often in a row the feed has been given up
 * @param errorCode why nothing loads; null if it does
 * @param error the same for people; null likewise
 * @param nextTry when a feed that fails is tried again, at the earliest; null if it does not fail
 * @param setAside objects that do not load although others do
 * @param incomplete folders whose objects wait for their marker
 * @param rejectedRows how many rows were rejected
 * @param rejectedObjects how many objects were rejected as a whole
 * @param missingSince since when an object is missing that the feed expects; null if none is
 */
public record FeedStatus(
        String feed,
        FeedRole role,
        boolean isWaiting,
        boolean firstPassOver,
        @Nullable Instant lastGood,
        @Nullable Instant lastLoad,
        @Nullable Instant newestObject,
        Backlog backlog,
        @Nullable Instant failingSince,
        int failures,
        @Nullable ErrorCode errorCode,
        @Nullable String error,
        @Nullable Instant nextTry,
        List<ObjectSetAside> setAside,
        List<IncompleteFolder> incomplete,
        long rejectedRows,
        long rejectedObjects,
        @Nullable Instant missingSince) {

    public FeedStatus {
        requireNonNull(feed, "feed");
        requireNonNull(role, "role");
        requireNonNull(backlog, "backlog");
        setAside = List.copyOf(setAside);
        incomplete = List.copyOf(incomplete);
    }

    /** Returns the status of a feed that another replica runs. */
    public static FeedStatus standby(String feed) {
        return new FeedStatus(
                feed,
                FeedRole.STANDBY,
                false,
                true,
                null,
                null,
                null,
                Backlog.NONE,
                null,
                0,
                null,
                null,
                null,
                List.of(),
                List.of(),
                0,
                0,
                null);
    }

    /** Returns the status of a feed that is wrong as its route file has it, and so never begins. */
    public static FeedStatus stopped(String feed, Instant since, ErrorCode errorCode, String error) {
        return new FeedStatus(
                feed,
                FeedRole.LEADER,
                false,
                true,
                null,
                null,
                null,
                Backlog.NONE,
                since,
                1,
                errorCode,
                error,
                null,
                List.of(),
                List.of(),
                0,
                0,
                null);
    }

    /** Returns whether this process loads the feed's objects. */
    public boolean isLeader() {
        return role == FeedRole.LEADER;
    }

    /** Returns whether nothing of the feed loads. */
    public boolean isFailing() {
        return failingSince != null;
    }

    /** Returns whether the feed has stopped, until somebody has changed a setting, a grant or a table. */
    public boolean isStopped() {
        return errorCode != null && errorCode.reaction() == Reaction.FATAL;
    }
}
