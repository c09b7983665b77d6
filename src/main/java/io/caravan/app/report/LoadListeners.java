package io.caravan.app.report;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners, each told the same. */
public final class LoadListeners implements LoadListener {

    private final List<LoadListener> all;

    public LoadListeners(LoadListener... all) {
        this.all = List.of(all);
    }

    private void tell(Consumer<LoadListener> event) {
        all.forEach(event);
    }

    @Override
    public void objectsFound(String feedName, int objectCount, long totalBytes) {
        tell(next -> next.objectsFound(feedName, objectCount, totalBytes));
    }

    @Override
    public void objectsListed(String feedName, long objectCount, int newCount) {
        tell(next -> next.objectsListed(feedName, objectCount, newCount));
    }

    @Override
    public void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {
        tell(next -> next.loadStarted(feedName, loadId, objectCount, totalBytes));
    }

    @Override
    public void objectStarted(String loadId, ObjectVersion object) {
        tell(next -> next.objectStarted(loadId, object));
    }

    @Override
    public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
        tell(next -> next.progress(loadId, storedBytesDelta, rowsDelta));
    }

    @Override
    public void targetSeen(Feed feed, TargetTable target) {
        tell(next -> next.targetSeen(feed, target));
    }

    @Override
    public void loadLeft(String loadId) {
        tell(next -> next.loadLeft(loadId));
    }

    @Override
    public void objectMissing(String feedName, Instant since) {
        tell(next -> next.objectMissing(feedName, since));
    }

    @Override
    public void schemaChanged(String feedName, List<String> changes) {
        tell(next -> next.schemaChanged(feedName, changes));
    }

    @Override
    public void loadFinished(LoadRecord load) {
        tell(next -> next.loadFinished(load));
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        tell(next -> next.retrying(feedName, reason, tries, maxTries, delay));
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        tell(next -> next.objectSetAside(feedName, object, reason, delay, isKnown));
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        tell(next -> next.feedFailed(feedName, reason, delay, isKnown));
    }

    @Override
    public void feedRecovered(String feedName) {
        tell(next -> next.feedRecovered(feedName));
    }

    @Override
    public void tidyFailed(String feedName, int objectCount, CaravanException reason, Duration delay) {
        tell(next -> next.tidyFailed(feedName, objectCount, reason, delay));
    }

    @Override
    public void publishFailed(String feedName, CaravanException reason) {
        tell(next -> next.publishFailed(feedName, reason));
    }

    @Override
    public void notificationsFailed(String feedName, CaravanException reason, boolean isKnown) {
        tell(next -> next.notificationsFailed(feedName, reason, isKnown));
    }

    @Override
    public void notificationsRecovered(String feedName) {
        tell(next -> next.notificationsRecovered(feedName));
    }
}
