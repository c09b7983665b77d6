package io.caravan.app.camel;

import static java.util.stream.Collectors.toSet;

import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.settings.Setting;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.NearestName;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The feeds of the routes directory, by their names. */
public final class Feeds {

    private Feeds() {}

    /**
     * Returns all that the route files say.
     *
     * @throws InvalidConfigurationException listing every problem of every route file, or if Camel lacks the component for
     *     the dead letters' endpoint
     */
    public static RouteSet read(Settings settings) {
        return files(settings, CatalogSource.online()).read();
    }

    /**
     * Returns what the route files say as far as it holds, and what is wrong with the rest.
     *
     * @throws InvalidConfigurationException if the directory cannot be read, or holds no route file, or if Camel lacks the
     *     component for the dead letters' endpoint
     */
    public static RouteSet look(Settings settings) {
        return look(settings, CatalogSource.online());
    }

    /**
     * Returns likewise what they say.
     *
     * @param catalog is asked for the tables of the Data Catalog that feeds name, and closed afterwards
     */
    public static RouteSet look(Settings settings, CatalogSource catalog) {
        return files(settings, catalog).look();
    }

    private static RouteFiles files(Settings settings, CatalogSource catalog) {
        @Nullable String deadLetterUri = settings.loads().deadLetterUri();
        if (deadLetterUri != null) {
            DeadLetterEndpoint.requireComponent(Setting.DEAD_LETTER_URI, deadLetterUri);
        }
        @Nullable String eventsUri = settings.loads().eventsUri();
        if (eventsUri != null) {
            DeadLetterEndpoint.requireComponent(Setting.EVENTS_URI, eventsUri);
        }
        List<Path> directories = settings.routes().directories();
        try {
            return RouteFiles.of(RouteSnapshot.read(directories), settings, catalog);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.ROUTE_FILE, "Could not read the route files of " + directories, e);
        }
    }

    /** Returns all feeds; throws what {@link #read} throws. */
    public static List<FeedFile> all(Settings settings) {
        return read(settings).checked();
    }

    /**
     * Returns the feeds of these names.
     *
     * @param names empty for all feeds
     * @throws InvalidConfigurationException if there is no feed of such a name
     */
    public static List<FeedFile> choose(List<FeedFile> feeds, Set<String> names) {
        names.forEach(name -> find(feeds, name));
        return only(feeds, names);
    }

    /**
     * Returns the feeds of these names that nothing stops.
     *
     * @param names empty for all feeds
     * @throws InvalidConfigurationException if there is no feed of such a name, not even a stopped one
     */
    public static List<FeedFile> choose(RouteSet set, Set<String> names) {
        Set<String> stopped = set.stopped().stream().map(RouteProblem::feed).collect(toSet());
        names.stream().filter(name -> !stopped.contains(name)).forEach(name -> find(set.checked(), name));
        return only(set.checked(), names);
    }

    private static List<FeedFile> only(List<FeedFile> feeds, Set<String> names) {
        return names.isEmpty()
                ? feeds
                : feeds.stream()
                        .filter(file -> names.contains(file.feed().name()))
                        .toList();
    }

    /**
     * Returns the feed of this name.
     *
     * @throws InvalidConfigurationException if there is none
     */
    public static Feed find(List<FeedFile> feeds, String name) {
        return feeds.stream()
                .map(FeedFile::feed)
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, names(feeds)));
    }

    /**
     * Looks whether a feed is there of which nothing was found.
     *
     * @param found how much was found
     * @param named null if any feed was meant
     * @throws InvalidConfigurationException if there is no such feed
     */
    public static void check(Settings settings, long found, @Nullable FeedEntries named) {
        if (found == 0 && named != null) {
            find(all(settings), named.name());
        }
    }

    /**
     * Returns what of the ledger belongs to the feed of a name; what bears the name, if there is no such feed.
     *
     * @throws InvalidConfigurationException if the route files do not hold: they would say whose it is
     */
    public static FeedEntries entries(Settings settings, FeedEntries named) {
        return entries(all(settings), named);
    }

    /** Returns what of the ledger belongs to the feed of a name; what bears the name, if there is no such feed. */
    public static FeedEntries entries(List<FeedFile> files, FeedEntries named) {
        List<Feed> feeds = files.stream().map(FeedFile::feed).toList();
        return feeds.stream()
                .filter(feed -> feed.name().equals(named.name()))
                .findFirst()
                .map(feed -> FeedEntries.of(feed, feeds))
                .orElse(named);
    }

    public static List<String> names(List<FeedFile> feeds) {
        return feeds.stream().map(file -> file.feed().name()).toList();
    }

    private static InvalidConfigurationException unknown(String name, List<String> known) {
        return new InvalidConfigurationException(
                ErrorCode.FEED_INVALID,
                "There is no feed '" + name + "'"
                        + NearestName.to(name, known)
                                .map(nearest -> "; is it '" + nearest + "'?")
                                .orElse("; there is " + known));
    }
}
