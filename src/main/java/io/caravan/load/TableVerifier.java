package io.caravan.load;

import static io.caravan.model.ledger.Outcome.LOADED;
import static io.caravan.model.ledger.Outcome.REPLAYED;
import static java.util.stream.Collectors.toSet;

import io.caravan.base.CaravanException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.replay.Replay;
import io.caravan.load.replay.Replays;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.verify.ComparedColumns;
import io.caravan.load.verify.Deviation;
import io.caravan.load.verify.Deviation.Rule;
import io.caravan.load.verify.Doubts;
import io.caravan.load.verify.FeedsOfTable;
import io.caravan.load.verify.MovedObjects;
import io.caravan.load.verify.PastWarehouse;
import io.caravan.load.verify.TableVerification;
import io.caravan.load.verify.VerifyStart;
import io.caravan.load.verify.VerifyStart.Kind;
import io.caravan.load.verify.VerifyStart.Start;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.LedgerObject;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableComparison.Extent;
import io.caravan.model.verify.TableDifferences;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.Warehouse;
import io.caravan.spi.verify.VerifySession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table with the objects that were loaded into it: repeats the loads of its ledger, in the order of their commits,
 * into a stand-in of the table, and compares the two. Used once, by one thread.
 */
public final class TableVerifier {

    /** Brings objects, or dead letters, through the route of a feed. */
    public interface Route {

        LoadResult repeat(Feed feed, List<ObjectVersion> objects, Deliveries deliveries, RepeatedLoad load);

        LoadResult repeat(Feed feed, Replay replay, RepeatedLoad load);
    }

    /** Entries of the ledger that are held at once. */
    private static final int ENTRIES_PER_PAGE = 1_000;

    private static final int ROWS_SHOWN = 10;

    private final ObjectStores stores;
    private final VerifySession session;
    private final FeedsOfTable feeds;
    private final DeadLetters letters;
    private final StagingChoice staging;
    private final LoadListener listener;
    private final Route route;
    private final PastWarehouse warehouse;
    private final LedgerIndexes ledger;
    private final Doubts doubts = new Doubts();
    private final Deviation deviation = new Deviation(doubts);
    private long loads;

    /**
     * Takes a table.
     *
     * @param session on the table
     * @param letters have the records that were replayed
     * @param ids names data files
     * @param listener is told how reading gets on
     */
    TableVerifier(
            ObjectStores stores,
            Warehouse warehouse,
            VerifySession session,
            FeedsOfTable feeds,
            DeadLetters letters,
            StagingChoice staging,
            Supplier<String> ids,
            LoadListener listener,
            Route route) {
        this.stores = stores;
        this.session = session;
        this.feeds = feeds;
        this.letters = letters;
        this.staging = PreviewStaging.under(staging, ids);
        this.listener = listener;
        this.route = route;
        this.warehouse = new PastWarehouse(session, warehouse);
        this.ledger = new LedgerIndexes(this.warehouse, Duration.ZERO, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /**
     * Compares the table.
     *
     * @param since the time from which loads count; null for all
     * @throws CaravanException if the warehouse cannot be reached, or the question cannot be answered for a feed's mode
     */
    public TableVerification verify(@Nullable Instant since) {
        VerifyStart search = new VerifyStart(feeds, since);
        each(0, search::add);
        Start start = search.start();
        ComparedColumns columns = new ComparedColumns(session.target(), start.kind(), search.extent());
        session.createStandIn();
        if (search.extent() == Extent.UPDATED) {
            session.takeKeys(search.keys(session.target()));
        }
        long position = start.behind();
        Optional<TableDifferences> differences = Optional.empty();
        while (differences.isEmpty()) {
            position = each(position, load -> repeat(load, start, columns));
            List<Column> matched = columns.matched();
            List<Column> compared = columns.compared(matched, !doubts.areDeviating());
            if (matched.isEmpty() && compared.isEmpty()) {
                doubts.lose("no column can be compared");
                differences = Optional.of(TableDifferences.NONE);
            } else {
                differences = session.compare(
                        new TableComparison(matched, compared, columns.keys(), search.extent(), ROWS_SHOWN), position);
            }
        }
        if (loads == 0) {
            doubts.note("there is no load to compare with");
        }
        return result(position, differences.get().plusMissing(deviation.fewer()), columns);
    }

    private TableVerification result(long position, TableDifferences differences, ComparedColumns columns) {
        columns.feeds().stream()
                .filter(feed ->
                        !feed.sql().before().isEmpty() || !feed.sql().after().isEmpty())
                .forEach(feed -> doubts.deviate(
                        "preSql and postSql of feed " + feed.name() + " are not run, and may have changed rows"));
        return new TableVerification(
                feeds.table(),
                feeds.all().stream().map(Feed::name).toList(),
                TableVerification.verdict(differences, doubts),
                loads,
                position,
                differences,
                columns.leftOut(),
                doubts.told(),
                null);
    }

    /** Does something for each load of the ledger behind a place, and returns the place of the last entry. */
    private long each(long behind, Consumer<LedgerLoad> action) {
        long position = behind;
        List<LedgerLoad> page;
        do {
            page = session.readLoads(position, ENTRIES_PER_PAGE);
            for (LedgerLoad load : page) {
                action.accept(load);
                position = load.last();
            }
        } while (!page.isEmpty());
        return position;
    }

    private void repeat(LedgerLoad past, Start start, ComparedColumns columns) {
        if (!past.has(LOADED) && !past.has(REPLAYED)) {
            return;
        }
        Optional<Feed> feed = feeds.of(past);
        @Nullable Instant started = past.started();
        if (feed.isEmpty()) {
            doubts.lose("no feed has the objects of load " + past.id() + " of feed " + past.feed() + " today");
        } else if (started == null) {
            doubts.lose("the run history has no load " + past.id() + " any more");
        } else {
            boolean isFirst = past.first() == start.behind() + 1;
            warehouse.goTo(past.first());
            RepeatedLoad load = new RepeatedLoad(
                    past.id(),
                    Clock.fixed(started, ZoneOffset.UTC),
                    stores(past),
                    warehouse,
                    ledger,
                    staging,
                    listener);
            repeat(past, feed.get(), load, rule(start.kind(), isFirst, columns.extent()));
            loads++;
            if (load.hasOvertaken() && columns.extent() == Extent.LOADED) {
                doubts.lose("load " + past.id() + " has objects that newer ones had overtaken");
            }
            columns.add(feed.get(), load.columns());
        }
    }

    private ObjectStores stores(LedgerLoad past) {
        Set<ObjectVersion> hashed = past.objects().stream()
                .filter(entry -> entry.sha256() != null)
                .map(LedgerObject::object)
                .collect(toSet());
        return feed -> MovedObjects.in(stores.of(feed), feed, hashed::contains);
    }

    private static Rule rule(Kind start, boolean isFirst, Extent extent) {
        return switch (extent) {
            case LOADED -> Rule.READING;
            case UPDATED -> Rule.MEETING;
            case ALL -> isFirst && start != Kind.BEGINNING ? Rule.READING : Rule.EFFECT;
        };
    }

    private void repeat(LedgerLoad past, Feed feed, RepeatedLoad load, Rule rule) {
        if (past.has(REPLAYED)) {
            replay(past, feed, load, rule);
            return;
        }
        boolean isWhole = feed.merge().takesMissing() && feed.objects().marker() != null;
        List<LedgerObject> entries = past.objects().stream()
                .filter(entry -> entry.outcome() == LOADED || (isWhole && entry.outcome() == Outcome.REJECTED))
                .toList();
        List<ObjectVersion> objects = entries.stream().map(LedgerObject::object).toList();
        LoadResult result = route.repeat(feed, objects, isWhole ? together(feed, objects) : Deliveries.NONE, load);
        check(past, entries, result, load, rule);
    }

    /** Where no row was rejected again, none was held back from newer ones either. */
    private void replay(LedgerLoad past, Feed feed, RepeatedLoad load, Rule rule) {
        List<LedgerObject> entries = past.objects().stream()
                .filter(entry -> entry.outcome() == REPLAYED)
                .toList();
        boolean overwrites = entries.stream().allMatch(entry -> entry.counts().rejected() == 0);
        try (Replays replays = Replays.ofPast(warehouse, letters, feed, past.id(), overwrites)) {
            LoadResult result = replays.next()
                    .map(replay -> route.repeat(feed, replay, load))
                    .orElse(LoadResult.done(List.of()));
            check(past, entries, result, load, rule);
        }
    }

    private void check(LedgerLoad past, List<LedgerObject> entries, LoadResult result, RepeatedLoad load, Rule rule) {
        @Nullable CaravanException failure = result.failure();
        if (failure instanceof RetryableException) {
            throw failure;
        }
        if (failure != null) {
            doubts.lose("load " + past.id() + " cannot be repeated: " + failure.getMessage());
            return;
        }
        result.unreadable()
                .forEach(failed -> doubts.lose(failed.object().uri() + " cannot be read now: "
                        + failed.reason().getMessage()));
        result.gone().forEach(object -> doubts.lose(object.uri() + " is not there any more as it was loaded"));
        Set<ObjectVersion> told = new HashSet<>(result.gone());
        result.unreadable().forEach(failed -> told.add(failed.object()));
        List<LedgerObject> others =
                entries.stream().filter(entry -> !told.contains(entry.object())).toList();
        deviation.check(others, load.record(), rule);
    }

    /** The marker's time does not matter any more. */
    private static Deliveries together(Feed feed, List<ObjectVersion> objects) {
        ObjectVersion marker =
                new ObjectVersion(feed.bucket(), Character.toString(Character.MAX_VALUE), "", 0, Instant.MAX);
        return new Deliveries(List.of(new Delivery(marker, objects)));
    }
}
