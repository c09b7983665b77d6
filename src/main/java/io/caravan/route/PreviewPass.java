package io.caravan.route;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.FeedPreviews;
import io.caravan.load.feed.Scope;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.spi.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;

/** One pass of a feed that is only previewed: the same objects in the same groups as a pass would load. Used once. */
final class PreviewPass {

    /** Hands objects over to the route, in one try. */
    @FunctionalInterface
    interface Route {
        LoadResult load(List<ObjectVersion> objects, Consumer<Exchange> prepare);
    }

    private final FeedPreviews previews;
    private final ObjectStore store;
    private final Feed feed;
    private final NewObjects objects;

    PreviewPass(FeedPreviews previews, ObjectStore store, Feed feed, IdempotentRepository repository) {
        this.previews = previews;
        this.store = store;
        this.feed = feed;
        this.objects = new NewObjects(store, feed, repository);
    }

    FeedPreview run(Route route) {
        try {
            look(route);
        } catch (Exception | Error e) {
            previews.failed(CamelFailures.known(e));
        }
        return previews.result(feed);
    }

    private void look(Route route) {
        PreviewWish wish = previews.wish();
        if (wish.key() != null || wish.offline()) {
            List<ObjectVersion> one = wish.key() == null ? newest() : List.of(named(wish, wish.key()));
            load(one, one, route);
            if (!one.isEmpty() && previews.areNone()) {
                previews.note(one.get(0).uri() + " is in the ledger as it is: no load takes it again");
            }
            return;
        }
        List<ObjectVersion> found = objects.find(new Scope(feed.prefixes())).fresh();
        List<ObjectVersion> waiting = objects.standingFor(found);
        objects.incomplete().stream().map(IncompleteFolder::text).forEach(previews::note);
        for (List<ObjectVersion> group : objects.cut(found, object -> previews.isSuspect(feed, object))) {
            if (!load(group, waiting, route)) {
                return;
            }
        }
    }

    /** The ledger cannot say what is new then. */
    private List<ObjectVersion> newest() {
        List<ObjectVersion> all = new ArrayList<>();
        feed.prefixes()
                .forEach(prefix -> store.list(feed.bucket(), prefix, object -> {
                    if (isData(object)) {
                        all.add(object);
                    }
                }));
        previews.note("which objects are new is unknown, as the warehouse is not asked: the newest one is read");
        return all.stream().max(feed.objects().order()::compare).stream().toList();
    }

    private boolean isData(ObjectVersion object) {
        return feed.wish(object) == KeyWish.WANTED;
    }

    private ObjectVersion named(PreviewWish wish, String key) {
        if (wish.file() != null) {
            return wish.file().version();
        }
        List<ObjectVersion> there = new ArrayList<>();
        store.list(feed.bucket(), key, object -> {
            if (object.key().equals(key)) {
                there.add(object);
            }
        });
        if (there.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "There is no object s3://" + feed.bucket() + "/" + key);
        }
        return there.get(0);
    }

    /** Loads a group, and what its first load leaves to the next ones; returns whether others may follow. */
    private boolean load(List<ObjectVersion> group, List<ObjectVersion> waiting, Route route) {
        List<ObjectVersion> left = group;
        boolean goesOn = true;
        while (goesOn && !left.isEmpty()) {
            LoadResult result = loadOnce(left, waiting, route);
            Set<ObjectVersion> settled = result.settled();
            goesOn = previews.ended(feed, left, result) && !settled.isEmpty();
            left = left.stream().filter(object -> !settled.contains(object)).toList();
        }
        return goesOn;
    }

    private LoadResult loadOnce(List<ObjectVersion> group, List<ObjectVersion> waiting, Route route) {
        List<Delivery> deliveries = objects.deliveries(group);
        List<ObjectVersion> all = objects.standingFor(group);
        LoadResult result = route.load(all, exchange -> {
            LoadExchange.setWaiting(exchange, waiting, new Deliveries(deliveries));
            LoadExchange.setTrial(exchange, previews);
        });
        return deliveries.isEmpty() ? result : result.ofDeliveries(deliveries);
    }
}
