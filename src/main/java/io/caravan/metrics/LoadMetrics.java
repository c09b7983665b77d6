package io.caravan.metrics;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.LoadListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what loads tell. */
final class LoadMetrics implements LoadListener {

    private final MeterRegistry registry;
    private final Map<String, FeedMeters> feeds = new ConcurrentHashMap<>();

    LoadMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Begins the series of feeds that are new, and ends those of feeds that are not there any more. */
    void retain(Set<String> names) {
        names.forEach(this::of);
        feeds.keySet().retainAll(names);
        registry.getMeters().stream()
                .filter(meter -> {
                    String feed = meter.getId().getTag(Metric.Label.FEED);
                    return feed != null && !names.contains(feed);
                })
                .forEach(registry::remove);
    }

    private FeedMeters of(String feed) {
        return feeds.computeIfAbsent(feed, name -> new FeedMeters(registry, name));
    }

    @Override
    public void objectsFound(String feedName, int objectCount, long totalBytes) {
        of(feedName).found(objectCount, totalBytes);
    }

    @Override
    public void loadFinished(LoadRecord load) {
        if (load.outcome() == Outcome.FAILED) {
            of(load.feed()).loadFailed(load);
        } else {
            of(load.feed()).committed(load);
        }
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        of(feedName).retrying(reason.code());
    }

    @Override
    public void tidyFailed(String feedName, int objectCount, CaravanException reason, Duration delay) {
        of(feedName).tidyFailed(objectCount, reason.code());
    }

    @Override
    public void publishFailed(String feedName, CaravanException reason) {
        of(feedName).publishFailed(reason.code());
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        of(feedName).failed(reason.code());
    }
}
