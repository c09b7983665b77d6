package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.catalog.CrawlResult;
import io.caravan.app.command.catalog.CrawlCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.publish.CatalogPublisher;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes into the Data Catalog what feeds have loaded, all of it read once more. */
public final class CrawlFeeds implements CrawlCommand.Crawls {

    @Override
    public List<CrawlResult> crawl(Settings settings, Set<String> names, @Nullable String database, boolean isDryRun) {
        RouteSet set = Feeds.look(settings);
        List<Feed> all = set.checked().stream().map(FeedFile::feed).toList();
        List<FeedFile> chosen = Feeds.choose(set, names).stream()
                .filter(file -> !names.isEmpty() || database != null || file.publishTo() != null)
                .toList();
        List<CrawlResult> results = new ArrayList<>();
        // A feed that is wrong is none of the others' concern.
        set.problems().stream()
                .filter(problem -> names.isEmpty() || names.contains(problem.feed()))
                .forEach(problem -> results.add(new CrawlResult(problem.feed(), "", null, problem.exception())));
        if (chosen.isEmpty() && results.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "No feed says in publishTo which table of the Data Catalog it is; set it, or name a --database");
        }
        if (chosen.isEmpty()) {
            return results;
        }
        try (Wiring wiring = new Wiring(settings);
                GlueConnection glue = new GlueConnection()) {
            wiring.warehouse().probe();
            CatalogPublisher publisher = wiring.publisher(glue.tables());
            chosen.forEach(file -> results.add(crawl(publisher, file, all, database, isDryRun)));
        }
        return results;
    }

    private static CrawlResult crawl(
            CatalogPublisher publisher, FeedFile file, List<Feed> all, @Nullable String database, boolean isDryRun) {
        Feed feed = file.feed();
        @Nullable CatalogName name = file.publishTo();
        if (name == null && database != null) {
            name = new CatalogName(database, feed.target().table());
        }
        if (name == null) {
            return new CrawlResult(
                    feed.name(),
                    "",
                    null,
                    new InvalidConfigurationException(
                            ErrorCode.FEED_INVALID, "the feed has no publishTo; set it, or name a --database"));
        }
        try {
            return new CrawlResult(
                    feed.name(),
                    name.toString(),
                    publisher.publish(feed, all, name, true, isDryRun).orElse(null),
                    null);
        } catch (CaravanException e) {
            return new CrawlResult(feed.name(), name.toString(), null, e);
        }
    }
}
