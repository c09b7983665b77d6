package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.mask.MaskedReason;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.FileStore;
import io.caravan.load.preview.KeptRows;
import io.caravan.load.preview.LoadPreview;
import io.caravan.load.preview.PlannedWarehouse;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.preview.PreviewedFile;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Previews loads of one feed, one after another. The first preview is complete: it is a whole load that is rolled back.
 * Later loads would meet a table that the first one has changed, so their previews show only the results of reading. Used by
 * one thread.
 */
public final class FeedPreviews implements TrialLoads {

    private static final String NOT_ASKED = "the warehouse is not asked";
    private static final String CHANGED_BEFORE = "a load before it changes the table";

    private final PreviewWish wish;
    private final ObjectStores stores;
    private final PlannedWarehouse warehouse;
    private final LedgerIndexes ledger;
    private final PreviewStaging staging;
    private final ProcessDeaths deaths;
    private final Clock clock;
    private final Supplier<String> ids;
    private final List<LoadPreview> previews = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable CaravanException failure;

    FeedPreviews(
            PreviewWish wish,
            ObjectStores stores,
            Warehouse warehouse,
            StagingChoice staging,
            ProcessDeaths deaths,
            Clock clock,
            Supplier<String> ids) {
        this.wish = wish;
        @Nullable PreviewedFile file = wish.file();
        this.stores = file == null ? stores : feed -> new FileStore(stores.of(feed), file);
        this.warehouse = new PlannedWarehouse(warehouse, wish.offline());
        this.ledger = new LedgerIndexes(this.warehouse, Duration.ZERO, clock);
        this.staging = new PreviewStaging(staging, wish.file() == null);
        this.deaths = deaths;
        this.clock = clock;
        this.ids = ids;
    }

    /** Returns the options that people have chosen. */
    public PreviewWish wish() {
        return wish;
    }

    @Override
    public Feed feed(Feed feed) {
        return wish.offline() ? feed.withDraftedTarget() : feed;
    }

    @Override
    public Loads loads() {
        @Nullable String unknown = wish.offline() ? NOT_ASKED : previews.isEmpty() ? null : CHANGED_BEFORE;
        return unknown == null ? whole() : reading(unknown);
    }

    private Loads whole() {
        return loads(
                staging,
                staged -> new LoadCommit(
                        staged.task(),
                        staged.tallies(),
                        staged.rows(),
                        staged.privatePart(),
                        new PreviewedPart(
                                staged.task(), staged.position(), warehouse, wish.rows(), previews::add, clock),
                        clock));
    }

    private Loads reading(String unknown) {
        KeptRows kept = new KeptRows(wish.rows());
        return loads(
                PreviewStaging.keeping(kept),
                staged -> new ReadingOnly(staged, kept, warehouse, unknown, previews::add, clock));
    }

    private Loads loads(StagingChoice choice, Endings endings) {
        return new Loads(stores, warehouse, ledger, choice, deaths, wish.listener(), clock, ids, endings);
    }

    /** Returns whether no load has been previewed yet. */
    public boolean areNone() {
        return previews.isEmpty();
    }

    /** Returns whether an object of a feed may have ended this process, so that it must be loaded alone. */
    public boolean isSuspect(Feed feed, ObjectVersion object) {
        return deaths.isSuspect(feed.name(), object);
    }

    /**
     * Takes the result of a load of objects.
     *
     * @return whether other loads may follow
     */
    public boolean ended(Feed feed, List<ObjectVersion> objects, LoadResult result) {
        result.unreadable()
                .forEach(failed -> notes.add(failed.object().uri() + " cannot be read now, and is left aside: "
                        + failed.reason().code() + ": " + failed.reason().getMessage()));
        result.gone().forEach(object -> notes.add(object.uri() + " has changed or gone since it was listed"));
        @Nullable CaravanException failed = result.failure();
        if (failed != null && wish.offline() && failed.getCause() instanceof RejectedObjectException rejected) {
            previews.add(rejected(
                    feed, objects, MaskedReason.of(rejected, feed.columns().masks())));
        } else if (failed != null) {
            failure = failed;
        }
        return failed == null;
    }

    /** Without the warehouse, an object of which no table can be made is one that does not fit. */
    private LoadPreview rejected(Feed feed, List<ObjectVersion> objects, RejectedObjectException reason) {
        LoadRecord load = new LoadRecord(
                ids.get(),
                feed.name(),
                feed.target(),
                clock.instant(),
                clock.instant(),
                Outcome.REJECTED,
                objects.stream()
                        .map(object -> new LedgerEntry(
                                object, null, Outcome.REJECTED, LoadCounts.NONE, reason.code(), reason.getMessage()))
                        .toList(),
                PhaseTimes.NONE,
                null,
                null);
        return new LoadPreview(load, 0, NOT_ASKED, List.of(), List.of(), null, List.of(), List.of(), List.of());
    }

    /** Notes something that people should know. */
    public void note(String text) {
        notes.add(text);
    }

    /** Notes the reason why a load could not be previewed. */
    public void failed(CaravanException reason) {
        failure = reason;
    }

    /** Returns the result of all previews. */
    public FeedPreview result(Feed feed) {
        List<String> all = new ArrayList<>();
        if (!feed.sql().before().isEmpty() || !feed.sql().after().isEmpty()) {
            all.add("preSql and postSql are not run, and what they would change is not known");
        }
        all.addAll(notes);
        return new FeedPreview(feed.name(), previews, all, failure);
    }
}
