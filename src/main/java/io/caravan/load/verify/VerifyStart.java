package io.caravan.load.verify;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.TableComparison.Extent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the load with which a repetition begins: the first one; or the last snapshot, if what was in the table before it does
 * not matter; or the first one since a time.
 */
public final class VerifyStart {

    /** What the table was before the first repeated load. */
    public enum Kind {
        /** Without rows of any object. */
        BEGINNING,
        /** It does not matter, as the load has left no row of it. */
        REPLACED,
        /** It does not matter for the loaded columns: other columns of its rows may have stayed. */
        MIRRORED,
        /** Not known: only rows of later objects are compared. */
        SINCE
    }

    /**
     * Where to begin.
     *
     * @param behind the place in the ledger behind which the first load stands
     */
    public record Start(Kind kind, long behind) {}

    private final FeedsOfTable feeds;
    private final @Nullable Instant since;
    private final Set<Feed> loading = new LinkedHashSet<>();
    private Start start = new Start(Kind.BEGINNING, 0);
    private boolean isLate;
    private long last;

    /**
     * Looks for a start.
     *
     * @param since the time from which loads count; null for all
     */
    public VerifyStart(FeedsOfTable feeds, @Nullable Instant since) {
        this.feeds = feeds;
        this.since = since;
    }

    /**
     * Takes the next load of the ledger.
     *
     * @throws InvalidConfigurationException if it is one of those since a time, and its feed's mode needs the loads before
     */
    public void add(LedgerLoad load) {
        last = load.last();
        if (!load.has(Outcome.LOADED) && !load.has(Outcome.REPLAYED)) {
            return;
        }
        Optional<Feed> feed = feeds.of(load);
        feed.ifPresent(loading::add);
        boolean isNew =
                since == null || (load.started() != null && !load.started().isBefore(since));
        if (isNew && feed.isPresent() && determinesAll(feed.get().merge(), load)) {
            start = new Start(
                    feed.get().merge().mode().replacesAll() ? Kind.REPLACED : Kind.MIRRORED, load.first() - 1);
            isLate = true;
        } else if (isNew && since != null) {
            if (!isLate) {
                start = new Start(Kind.SINCE, load.first() - 1);
                isLate = true;
            }
            if (start.kind() == Kind.SINCE) {
                feed.ifPresent(one -> requireIndependent(one, since));
            }
        }
    }

    /** Returns where to begin, after the last load of the ledger. */
    public Start start() {
        return since != null && !isLate ? new Start(Kind.SINCE, last) : start;
    }

    /** Returns which rows can be asked for, after the last load of the ledger. */
    public Extent extent() {
        if (start().kind() == Kind.SINCE) {
            return Extent.LOADED;
        }
        return updatesOnly() ? Extent.UPDATED : Extent.ALL;
    }

    /** All rows of the table come from elsewhere then. */
    private boolean updatesOnly() {
        return !loading.isEmpty()
                && loading.stream().noneMatch(feed -> feed.merge().mode().insertsOthers())
                && loading.stream().map(Feed::keys).distinct().count() == 1;
    }

    /** Returns the matching keys of feeds that only update rows. */
    public List<Column> keys(TargetTable table) {
        Set<String> keys = loading.stream()
                .flatMap(feed -> feed.keys().stream())
                .map(key -> key.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return table.columns().stream()
                .filter(column -> keys.contains(column.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Returns whether after a load the table has exactly the rows that its objects have. */
    private static boolean determinesAll(MergePolicy merge, LedgerLoad load) {
        return merge.mode().isSnapshot()
                && merge.deletedColumn() == null
                && merge.sequenceBy() == null
                && load.objects().stream()
                        .allMatch(entry -> (entry.outcome() == Outcome.LOADED
                                        && entry.counts().rejected() == 0)
                                || entry.outcome() == Outcome.SUPERSEDED);
    }

    private static void requireIndependent(Feed feed, Instant since) {
        Mode mode = feed.merge().mode();
        boolean isIndependent =
                switch (mode.matching()) {
                    case NOT_LOOKED_FOR -> true;
                    case UPDATED, AS_THE_ROW_SAYS ->
                        mode.insertsOthers() && feed.merge().sequenceBy() == null && !mode.isSnapshot();
                    case LEFT, ENDED, REPLACED -> false;
                };
        if (!isIndependent) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + feed.name() + ": what its objects since " + since
                            + " have made of the table depends on the objects before; leave out --since");
        }
    }
}
