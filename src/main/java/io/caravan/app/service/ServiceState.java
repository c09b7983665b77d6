package io.caravan.app.service;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.RouteProblem;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.PublishStatus;
import io.caravan.model.status.ReloadStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the service gets on, from before its routes start until they have stopped. Safe for use by several threads. */
final class ServiceState {

    /** What the service serves. */
    private record Serving(CamelRoutes routes, Supplier<ReloadStatus> reload) {}

    private final Instant started;
    private volatile @Nullable Serving serving;
    private volatile Supplier<List<PublishStatus>> published = List::of;
    private volatile boolean hasPassed;

    /**
     * Begins with a service that starts.
     *
     * @param started when it did
     */
    ServiceState(Instant started) {
        this.started = started;
    }

    /**
     * Says what the service is going to serve.
     *
     * @param reload how changes of the route files get on
     */
    void serve(CamelRoutes routes, Supplier<ReloadStatus> reload) {
        serving = new Serving(routes, reload);
    }

    /** Says where to ask how tables of the Data Catalog get on. */
    void publishes(Supplier<List<PublishStatus>> statuses) {
        published = statuses;
    }

    /** Returns how tables of the Data Catalog get on that are kept true to what feeds load. */
    List<PublishStatus> published() {
        return published.get();
    }

    Instant started() {
        return started;
    }

    boolean isStarting() {
        Serving now = serving;
        return now == null || !now.routes().areStarted();
    }

    boolean isStopping() {
        Serving now = serving;
        return now != null && now.routes().areStopping();
    }

    /** Returns how each feed gets on, those too that are wrong and have no route; none before they have started. */
    List<FeedStatus> feeds() {
        Serving now = serving;
        if (now == null) {
            return List.of();
        }
        List<FeedStatus> feeds = new ArrayList<>(now.routes().statuses());
        if (now.routes().areStarted()) {
            now.routes().current().stopped().stream()
                    .map(problem -> FeedStatus.stopped(problem.feed(), started, problem.code(), problem.text()))
                    .forEach(feeds::add);
        }
        return feeds;
    }

    /** Returns what is wrong with the route files, and so is not served. */
    List<RouteProblem> problems() {
        Serving now = serving;
        return now == null ? List.of() : now.routes().current().problems();
    }

    /** Returns whether there are feeds, and all of them are wrong. */
    boolean servesNothing() {
        Serving now = serving;
        return now != null
                && now.routes().areStarted()
                && now.routes().current().feeds().isEmpty()
                && !problems().isEmpty();
    }

    /** Returns the name of a feed's route file; null if it is not known. */
    @Nullable
    String fileOf(String feed) {
        Serving now = serving;
        return now == null ? null : now.routes().current().fileOf(feed);
    }

    /**
     * Returns the feeds whose first pass is not over; none once all of them were: a feed that is added or taken over later
     * has the service stay ready.
     */
    List<FeedStatus> feedsInFirstPass() {
        if (hasPassed) {
            return List.of();
        }
        // Before the feeds are looked at: while the service starts, not all of them are there.
        boolean isStarting = isStarting();
        List<FeedStatus> left =
                feeds().stream().filter(feed -> !feed.firstPassOver()).toList();
        hasPassed = left.isEmpty() && !isStarting;
        return left;
    }

    /** Returns the feeds that are polled no more, because of an error. */
    List<String> deadFeeds() {
        Serving now = serving;
        return now == null ? List.of() : now.routes().deadFeeds();
    }

    /** Returns the routes; empty before they are there. */
    Optional<CamelRoutes> routes() {
        return Optional.ofNullable(serving).map(Serving::routes);
    }

    ReloadStatus reload() {
        Serving now = serving;
        return now == null ? ReloadStatus.unchanged(started) : now.reload().get();
    }

    /** Asks S3 for an object of any one feed; does nothing if there is none. */
    void probeStore() {
        Serving now = serving;
        if (now != null) {
            now.routes().probeStore();
        }
    }
}
