package io.caravan.load.verify;

import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.LedgerLoad;
import java.util.List;
import java.util.Optional;

/** The feeds of one table, and which of them past loads belong to: feeds change their names, and names their feeds. */
public final class FeedsOfTable {

    private final TableName table;
    private final List<Feed> feeds;

    /**
     * Takes feeds.
     *
     * @param all of any tables
     */
    public FeedsOfTable(TableName table, List<Feed> all) {
        this.table = table;
        this.feeds = all.stream().filter(feed -> feed.target().equals(table)).toList();
    }

    public TableName table() {
        return table;
    }

    public List<Feed> all() {
        return feeds;
    }

    /**
     * Returns the feed that a load belongs to: the one that has its objects now; of several, the one of its name. Empty if that
     * is not certain.
     */
    public Optional<Feed> of(LedgerLoad load) {
        List<Feed> covering = feeds.stream().filter(feed -> covers(feed, load)).toList();
        return covering.size() == 1
                ? Optional.of(covering.get(0))
                : covering.stream()
                        .filter(feed -> feed.name().equals(load.feed()))
                        .findFirst();
    }

    private static boolean covers(Feed feed, LedgerLoad load) {
        return load.objects().stream()
                .filter(entry -> entry.outcome() == Outcome.LOADED || entry.outcome() == Outcome.REPLAYED)
                .allMatch(entry ->
                        feed.covers(entry.object().bucket(), entry.object().key()));
    }
}
