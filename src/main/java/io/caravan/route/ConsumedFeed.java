package io.caravan.route;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.feed.FeedWatch;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.route.parameter.FeedPace;
import io.caravan.route.parameter.FeedParameters;
import io.caravan.spi.Notifications;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteTemplateContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * A feed as its route has it: all that it is comes from the parameters of the route's template. They are taken as they are,
 * past properties of beans and options of URIs, in which Camel resolves {@code #class:}, {@code RAW()} and more.
 *
 * @param objects finds what is new of the feed
 * @param notifications what tells of new objects; null if nothing does
 */
record ConsumedFeed(Feed feed, FeedPace pace, NewObjects objects, @Nullable Notifications notifications) {

    /** A poll waits for notifications itself. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Makes the feed of a route.
     *
     * @throws InvalidConfigurationException if the route is of no template, or its parameters do not hold
     */
    static ConsumedFeed of(S3ObjectsEndpoint endpoint, String routeId, IdempotentRepository repository) {
        FeedParameters parameters =
                new FeedParameters(routeId, parameters(endpoint.getCamelContext(), routeId), endpoint.maskKey());
        Feed feed = parameters.feed();
        if (!endpoint.getBucket().equals(feed.bucket())) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + routeId + ": its template consumes from the bucket '" + endpoint.getBucket()
                            + "', and its parameter 'bucket' is '" + feed.bucket()
                            + "'; the template's uri is s3-objects:{{bucket}}");
        }
        return new ConsumedFeed(
                feed,
                parameters.pace(),
                new NewObjects(endpoint.stores().of(feed), feed, repository),
                // A command that makes one pass always lists all objects.
                endpoint.isStartScheduler()
                        ? parameters
                                .queue()
                                .map(queue -> notifications(endpoint, queue, feed))
                                .orElse(null)
                        : null);
    }

    private static Notifications notifications(S3ObjectsEndpoint endpoint, NotificationQueue queue, Feed feed) {
        return endpoint.queues().of(queue, feed);
    }

    private static Map<String, String> parameters(CamelContext context, String routeId) {
        @Nullable RouteDefinition route = ((ModelCamelContext) context).getRouteDefinition(routeId);
        @Nullable RouteTemplateContext template = route == null ? null : route.getRouteTemplateContext();
        if (template == null) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Route " + routeId + " consumes from s3-objects, and is no feed: only a route of a template has the"
                            + " parameters 'bucket', 'table' and the others");
        }
        Map<String, String> parameters = new HashMap<>();
        template.getParameters().forEach((name, value) -> parameters.put(name, Objects.toString(value, "")));
        return parameters;
    }

    /** Returns the pause between two polls. */
    Duration pollDelay() {
        return notifications == null ? pace.pollDelay() : PAUSE;
    }

    FeedWatch watch() {
        return new FeedWatch(
                feed.prefixes(),
                notifications,
                pace.reconcileEvery(),
                pace.pollDelay(),
                feed.objects().order() == ObjectOrder.KEY || feed.objects().marker() != null,
                pace.expectEvery(),
                pace.gather());
    }
}
