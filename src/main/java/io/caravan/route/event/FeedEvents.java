package io.caravan.route.event;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes events of what loads tell. Safe for use by several threads. */
public final class FeedEvents implements LoadListener {

    private final EventSender sender;
    private final EventOutbox outbox;
    private final Clock clock;
    private final AtomicLong number = new AtomicLong();

    public FeedEvents(EventSender sender, EventOutbox outbox, Clock clock) {
        this.outbox = requireNonNull(outbox, "outbox");
        this.sender = requireNonNull(sender, "sender");
        this.clock = requireNonNull(clock, "clock");
    }

    /** The ledger has what is to be told of it. */
    @Override
    public void loadFinished(LoadRecord load) {
        if (load.errorCode() != ErrorCode.LEDGER_MOVED) {
            sender.wake(true);
        }
        if (load.outcome() != Outcome.FAILED) {
            recovered(load.feed());
        }
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        if (!isKnown) {
            outbox.markFailing(feedName);
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("feed", feedName);
            data.put("errorCode", reason.code().name());
            data.put("error", reason.getMessage());
            tell("feed.failing", feedName, data);
        }
    }

    @Override
    public void objectsListed(String feedName, long objectCount, int newCount) {
        if (newCount == 0) {
            recovered(feedName);
        }
    }

    @Override
    public void feedRecovered(String feedName) {
        recovered(feedName);
    }

    /** A process before this one may have told that the feed fails. */
    private void recovered(String feedName) {
        if (!outbox.unmarkFailing(feedName)) {
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("feed", feedName);
        tell("feed.recovered", feedName, data);
    }

    @Override
    public void objectMissing(String feedName, Instant since) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("feed", feedName);
        data.put("dueAt", since.toString());
        tell("object.missing", feedName, data);
    }

    @Override
    public void schemaChanged(String feedName, List<String> changes) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("feed", feedName);
        data.put("changes", changes);
        tell("schema.changed", feedName, data);
    }

    private void tell(String type, String feed, Map<String, @Nullable Object> data) {
        Instant now = clock.instant();
        // In the order in which they happened, as files are listed; no two processes of a machine have the same.
        String id = now.toEpochMilli() + "-" + ProcessHandle.current().pid() + "-" + number.incrementAndGet();
        sender.tell(new CloudEvent(id, type, feed, now, data));
    }
}
