package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.GroupTries.End;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a feed: all new objects are loaded once, and set-aside objects get a try. A failure that concerns every object
 * ends the pass, so that no object overtakes one before it. A failure of one object sets that object aside, and the others
 * go on. Used once, by one thread.
 */
final class FeedPass implements GroupTries.Observer {

    /** How often the objects are listed again although nothing came of it, before that counts as a failure. */
    private static final int MAX_VAIN_LOOKS = 5;

    private final String feed;
    private final Scope scope;
    private final FeedListing listing;
    private final FeedObjects objects;
    private final LoadTurn turn;
    private final Retrying retrying;
    private final LoadListener listener;
    private final Set<ObjectVersion> gone = new HashSet<>();
    private int done;

    FeedPass(
            String feed,
            Scope scope,
            FeedListing listing,
            FeedObjects objects,
            LoadTurn turn,
            Retrying retrying,
            LoadListener listener) {
        this.feed = feed;
        this.scope = scope;
        this.listing = listing;
        this.objects = objects;
        this.turn = turn;
        this.retrying = retrying;
        this.listener = listener;
    }

    /**
     * Makes the pass.
     *
     * @param gather how long the first objects wait for others; zero if they do not
     * @param mostSetAside how many objects that are set aside may have a try
     * @return how many object versions were handed over
     * @throws CaravanException if the feed fails; the objects that are left stay new
     */
    int run(Duration gather, int mostSetAside) {
        objects.beginPass();
        int handedOver = 0;
        int vainLooks = 0;
        End end;
        do {
            int before = done;
            objects.writeLeft();
            List<ObjectVersion> fresh =
                    handedOver == 0 ? listing.gather(scope, gather, retrying) : listing.find(scope, retrying);
            handedOver += fresh.size();
            end = settle(fresh);
            vainLooks = done > before ? 0 : vainLooks + 1;
        } while ((end == End.SOME_LEFT || end == End.OVERTAKEN) && vainLooks < MAX_VAIN_LOOKS);
        if (end == End.OVERTAKEN) {
            throw new RetryableException(
                    ErrorCode.LEDGER_MOVED,
                    "Other loads into the target of feed " + feed + " were faster " + vainLooks + " times in a row");
        }
        if (end != End.STOPPED) {
            objects.setAside(objects.suspects().takeAll());
            handedOver += trySetAside(mostSetAside);
        }
        if (end == End.SETTLED || end == End.WAITING) {
            listing.settled();
        }
        return handedOver;
    }

    private End settle(List<ObjectVersion> fresh) {
        for (List<ObjectVersion> group : listing.cut(fresh)) {
            End end = new GroupTries(group, turn::load, this, retrying).settle();
            if (end != End.SETTLED) {
                return end;
            }
        }
        return retrying.patience().isOver() ? End.STOPPED : End.SETTLED;
    }

    /** Each alone, so that one does not fail for another. */
    private int trySetAside(int most) {
        List<ObjectVersion> due = objects.due(most);
        for (ObjectVersion object : due) {
            if (!retrying.patience().isOver()) {
                trySetAside(object);
            }
        }
        return due.size();
    }

    private void trySetAside(ObjectVersion object) {
        LoadResult result = turn.load(List.of(object));
        @Nullable CaravanException reason = reason(result);
        if (reason == null) {
            objects.takeBack(object);
            objects.settled(result);
            return;
        }
        boolean isWaiting = reason.code() == ErrorCode.TARGET_AWAITS_ROWS;
        if (retrying.patience().isOver() || isWaiting || GroupTries.startsAgain(reason.code())) {
            return;
        }
        switch (reason.code().reaction()) {
            case RETRYABLE, FATAL -> throw reason;
            default -> objects.setAside(List.of(new FailedObject(object, reason)));
        }
    }

    private static @Nullable CaravanException reason(LoadResult result) {
        if (result.failure() != null) {
            return result.failure();
        }
        if (!result.unreadable().isEmpty()) {
            return result.unreadable().get(0).reason();
        }
        return result.gone().isEmpty() ? null : gone(result.gone().get(0));
    }

    private static CaravanException gone(ObjectVersion object) {
        return new RetryableException(
                ErrorCode.OBJECT_GONE,
                object.uri() + " is listed, but the store says that it is not there, or has changed, when it is read");
    }

    @Override
    public void succeeded(LoadResult result) {
        done += result.done().size();
        objects.settled(result);
        if (result.done().isEmpty()) {
            result.unreadable().forEach(objects.suspects()::add);
        } else {
            List<FailedObject> all = new ArrayList<>(objects.suspects().takeAll());
            all.addAll(result.unreadable());
            objects.setAside(all);
        }
        // One that is gone once will not be listed again.
        result.gone().stream().filter(object -> !gone.add(object)).forEach(object -> objects.suspects()
                .add(new FailedObject(object, gone(object))));
    }

    @Override
    public void retrying(CaravanException reason, Tries tries, Duration delay) {
        listener.retrying(feed, reason, tries.failures(), tries.maxTries(), delay);
    }

    @Override
    public void failedAlone(FailedObject object) {
        objects.suspects().add(object);
    }

    @Override
    public void gaveUp(LoadResult result, Instant started) {
        objects.gaveUp(result, started);
    }
}
