package io.caravan.app.camel;

import io.caravan.app.settings.Settings;
import io.caravan.aws.AwsPlace;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds a feed, whose parameters are right one by one, against the settings and the other feeds. */
final class FeedChecks {

    private final boolean copies;
    private final AwsPlace aws;
    private final List<URI> endpoints;

    /**
     * Takes what feeds are held against.
     *
     * @param copies whether the settings say how rows are staged by COPY
     * @param aws where queues may be
     * @param endpoints those of S3 that feeds may name besides AWS's own
     */
    FeedChecks(boolean copies, AwsPlace aws, List<URI> endpoints) {
        this.copies = copies;
        this.aws = aws;
        this.endpoints = List.copyOf(endpoints);
    }

    static FeedChecks of(Settings settings) {
        return new FeedChecks(
                settings.staging().isPresent(),
                AwsPlace.ofProcess(),
                settings.store().endpoints());
    }

    /**
     * Returns all that is wrong with a feed; empty if nothing is.
     *
     * @param others the feeds before it
     */
    List<RouteProblem> problems(FeedFile feed, List<FeedFile> others) {
        List<RouteProblem> problems = new ArrayList<>();
        wrongQueuePlace(feed).ifPresent(problems::add);
        wrongEndpoint(feed).ifPresent(problems::add);
        sharedQueue(feed, others).ifPresent(problems::add);
        missingStaging(feed).ifPresent(problems::add);
        ownFolder(feed).ifPresent(problems::add);
        others.forEach(other -> foldersOf(feed, other).ifPresent(problems::add));
        missingMaskKey(feed).ifPresent(problems::add);
        return problems;
    }

    private Optional<RouteProblem> wrongQueuePlace(FeedFile feed) {
        @Nullable NotificationQueue queue = feed.queue();
        return queue == null
                ? Optional.empty()
                : aws.objection(queue, feed.feed().access().region())
                        .map(objection -> wrongPlace(feed, "queue", queue, objection));
    }

    private Optional<RouteProblem> wrongEndpoint(FeedFile feed) {
        @Nullable URI endpoint = feed.feed().access().endpoint();
        return endpoint == null
                ? Optional.empty()
                : aws.objection(endpoint, endpoints)
                        .map(objection -> wrongPlace(feed, "endpoint", endpoint, objection));
    }

    private static RouteProblem wrongPlace(FeedFile feed, String parameter, Object value, String objection) {
        return problem(feed, ErrorCode.FEED_INVALID, ": '" + parameter + "' is " + value + ", which " + objection);
    }

    /** A message reaches one of its readers only. */
    private static Optional<RouteProblem> sharedQueue(FeedFile feed, List<FeedFile> others) {
        @Nullable NotificationQueue queue = feed.queue();
        return others.stream()
                .filter(other -> queue != null && other.queue() != null && queue.mayBe(other.queue()))
                .findFirst()
                .map(other -> problem(
                        feed,
                        ErrorCode.FEED_INVALID,
                        " has the queue " + queue + ", which is feed " + name(other) + "'s in " + other.file()
                                + ", and a message reaches only one of them; give each feed a queue of its own"));
    }

    private Optional<RouteProblem> missingStaging(FeedFile feed) {
        return copies || !feed.feed().needsCopy()
                ? Optional.empty()
                : Optional.of(problem(
                        feed,
                        ErrorCode.SETTING_MISSING,
                        " has " + (feed.feed().stagesDirectly() ? "'staging: direct'" : "'rememberRows'")
                                + ", for which rows must be staged by COPY; set caravan.staging.bucket,"
                                + " caravan.staging.prefix and caravan.staging.iam-role, or leave it out"));
    }

    /** An object that is moved is a new object to whoever takes what is there. */
    private static Optional<RouteProblem> ownFolder(FeedFile feed) {
        return moveInto(feed.feed(), feed.feed())
                .map(folder -> problem(
                        feed,
                        ErrorCode.FEED_INVALID,
                        " would move objects into its own folder '" + folder
                                + "', from which it takes them again; name another one, or leave it out by 'exclude'"));
    }

    private static Optional<RouteProblem> foldersOf(FeedFile feed, FeedFile other) {
        return moveInto(feed.feed(), other.feed())
                .or(() -> moveInto(other.feed(), feed.feed()))
                .map(folder -> problem(
                        feed,
                        ErrorCode.FEED_INVALID,
                        " and feed " + name(other) + " in " + other.file() + ": one would move objects to '" + folder
                                + "', from which the other takes them as new ones; name another folder, or leave it out"
                                + " by 'exclude'"));
    }

    /** Returns a folder into which a feed moves objects that another one may take; empty if there is none. */
    private static Optional<String> moveInto(Feed mover, Feed taker) {
        return mover.objects().afterLoad().folders().stream()
                .filter(folder -> mover.prefixes().stream()
                        .anyMatch(prefix -> taker.mayTakeBehind(mover.bucket(), folder + prefix)))
                .findFirst();
    }

    private static Optional<RouteProblem> missingMaskKey(FeedFile feed) {
        return feed.feed().columns().masks().lackKey()
                ? Optional.of(problem(
                        feed,
                        ErrorCode.SETTING_MISSING,
                        " masks by hmac, which needs a key; set caravan.mask.key-file, or"
                                + " caravan.mask.key-secret, or caravan.mask.key"))
                : Optional.empty();
    }

    private static RouteProblem problem(FeedFile feed, ErrorCode code, String message) {
        return RouteProblem.ofFeed(feed.file(), name(feed), code, "feed " + name(feed) + message);
    }

    private static String name(FeedFile feed) {
        return feed.feed().name();
    }
}
