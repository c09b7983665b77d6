package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.Reaction;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.SkippedRecords;
import io.caravan.csv.sample.MissingShape;
import io.caravan.load.batch.Batches;
import io.caravan.load.batch.StagedRows;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.remember.RememberedRows;
import io.caravan.load.replay.PlacedRows;
import io.caravan.load.replay.Replay;
import io.caravan.load.replay.ReplayedBody;
import io.caravan.load.staging.DirectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.MergePolicy.Mode;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadListener;
import io.caravan.spi.LoadSession;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One load under way: its objects are opened and staged one after another, and then committed together. Used by one thread.
 */
public final class Load implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Load.class);

    private static final int BUFFER_BYTES = 16 * 1024;

    /** Of the headers that differ, until the rest of the objects are left to a later load. */
    private static final int MAX_HEADER_CHARS = 4 * 1024 * 1024;

    private final String id;
    private final Feed feed;
    private final TargetTables tables;
    private final List<ObjectVersion> objects;
    private final Set<ObjectVersion> apart;
    private final Set<ObjectVersion> overtaken;
    private final FetchAhead store;
    private final @Nullable SameContent sameContent;
    private final @Nullable Replay replay;
    private final @Nullable DirectStaging direct;
    private final StagingTables stagingTables;
    private final LoadTransaction transaction;
    private final Function<ObjectVersion, Optional<RejectedObjectException>> verdicts;
    private final LoadListener listener;
    private final Clock clock;
    private final @Nullable RememberedRows remembered;
    private final boolean keepsRaw;

    private final Instant started;
    private final ObjectTallies tallies = new ObjectTallies();
    private final List<FailedObject> unreadable = new ArrayList<>();
    private final List<ObjectVersion> gone = new ArrayList<>();
    private FeedTarget target;
    private @Nullable ObjectBody body;
    private @Nullable StagedRows staged;
    private @Nullable Supplier<SkippedRecords> skipped;
    private BooleanSupplier endsInDelimiters = () -> false;
    private boolean hasToldDelimiters;
    private long bytesTold;
    private @Nullable LoadRecord committed;
    private @Nullable String header;
    private long headerChars;
    private boolean hasOnlyNames;
    private boolean leavesRest;
    private boolean ended;

    Load(
            String id,
            Feed feed,
            FeedTarget target,
            TargetTables tables,
            List<ObjectVersion> objects,
            Set<ObjectVersion> apart,
            Set<ObjectVersion> overtaken,
            ObjectReader store,
            @Nullable SameContent sameContent,
            @Nullable Replay replay,
            StagingFactory stagingFactory,
            @Nullable DirectStaging direct,
            LoadTransaction transaction,
            Function<ObjectVersion, Optional<RejectedObjectException>> verdicts,
            LoadListener listener,
            Clock clock,
            @Nullable RememberedRows remembered) {
        this.id = id;
        this.feed = feed;
        this.target = target;
        this.tables = tables;
        this.objects = objects;
        this.apart = apart;
        this.overtaken = overtaken;
        this.keepsRaw = feed.merge().keepsSuperseded() || !overtaken.isEmpty();
        this.sameContent = sameContent;
        this.replay = replay;
        this.direct = keepsRaw ? null : direct;
        this.store = new FetchAhead(store, opensAll() ? objects : List.of());
        this.stagingTables =
                new StagingTables(transaction::openSession, stagingFactory, this::plan, keepsRaw, replay != null);
        this.transaction = transaction;
        this.verdicts = verdicts;
        this.listener = listener;
        this.clock = clock;
        this.remembered = remembered;
        this.started = clock.instant();
    }

    public String id() {
        return id;
    }

    public Feed feed() {
        return feed;
    }

    /** Returns whether rows must come with their records. */
    public boolean keepsRaw() {
        return keepsRaw;
    }

    /** Returns the target as the load found it, or as it is since the load changed it. */
    public FeedTarget target() {
        return target;
    }

    /** Returns what the rows of the open object must be. One without rows adds no columns, and is loaded without them. */
    public ColumnPlan columnPlan() {
        ColumnPlan plan = target.columnPlan();
        return hasOnlyNames ? plan.ignoringUnknownColumns() : plan;
    }

    /**
     * Cuts the rows of the open object into batches.
     *
     * @param rows their values are those of the columns that {@link #accept} was told of
     */
    public Iterator<Batch> batches(Iterator<? extends ParsedRow> rows) {
        return new Batches(
                placed(rows),
                staged == null ? List.of() : staged.columns(),
                comparesInMemory() ? target.keys() : List.of(),
                feed.merge().duplicates(),
                feed.limits().rowsPerBatch());
    }

    /** In a replay, a row stands where its record did. */
    private Iterator<? extends ParsedRow> placed(Iterator<? extends ParsedRow> rows) {
        if (replay == null || !(body instanceof ReplayedBody replayed)) {
            return rows;
        }
        ObjectTally tally = current();
        DeadLetterGroup group = replay.group(tally.object());
        return new PlacedRows(rows, replayed, () -> skipped().records(), line -> {
            tally.addReplayed();
            stagingTables.addReplayed(tally.number(), line, group);
        });
    }

    /** Returns the objects that the load took, in the order in which to open them. */
    public List<ObjectVersion> objects() {
        if (!feed.merge().mode().isSnapshot()) {
            return objects;
        }
        List<ObjectVersion> newestFirst = new ArrayList<>(objects);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Returns the object opened last. */
    public ObjectVersion object() {
        return current().object();
    }

    /**
     * Opens the next object.
     *
     * @return its content; empty if there is nothing to do with it: the warehouse has read it by itself, or it is left to a
     *     later load, because it has changed since it was listed, it cannot be read while others perhaps can, or one before it
     *     was left
     * @throws RejectedObjectException if it can never be read; tell {@link #reject}
     */
    public Optional<ObjectBody> open(ObjectVersion object) {
        closeBody();
        stageChanged();
        if (!tallies.areNone()) {
            current().judge(feed.limits().maxRejectedRatio());
        }
        boolean hasGood = tallies.hasGood();
        if (feed.merge().mode().isSnapshot() && (hasGood || overtaken.contains(object))) {
            begin(object).supersede();
            return Optional.empty();
        }
        // A history has a version of a row for each object that changes it; and what is tried again or comes late may
        // take no part in the choice among the rows of others.
        leavesRest |=
                hasGood && (feed.merge().mode() == Mode.HISTORY || apart.contains(object) || apart.contains(object()));
        leavesRest |= headerChars > MAX_HEADER_CHARS;
        if (leavesRest) {
            return Optional.empty();
        }
        // Known before it is opened, so that an object that cannot be opened can be rejected.
        ObjectTally tally = begin(object);
        listener.objectStarted(object);
        verdicts.apply(object).ifPresent(verdict -> {
            throw verdict;
        });
        if (direct != null && !mayBeLoaded(object) && isStagedBy(direct, tally)) {
            return Optional.empty();
        }
        Optional<ObjectBody> opened = openIfReadable(object);
        if (opened.isEmpty()) {
            tallies.takeBack();
            return opened;
        }
        body = opened.get();
        bytesTold = 0;
        tally.opened(body.versionId().orElse(null));
        return opened;
    }

    /** Has the warehouse read the object by itself, if it can. */
    private boolean isStagedBy(DirectStaging staging, ObjectTally tally) {
        Optional<DirectStaging.Candidate> candidate =
                staging.look(tally.number(), tally.object(), target.columnPlan(), target.keys());
        if (candidate.isEmpty()) {
            return false;
        }
        Optional<StagedRows> fitting = fitting(candidate.get().start().columns());
        if (fitting.isEmpty()) {
            return false;
        }
        Optional<Long> rows = staging.stage(candidate.get(), stagingTables.session());
        if (rows.isEmpty()) {
            return false;
        }
        tally.opened(candidate.get().versionId().orElse(null));
        tally.setHeader(kept(candidate.get().start().header()));
        tally.addStaged(rows.get());
        fitting.get().addDirect();
        listener.progress(tally.object().sizeBytes(), rows.get());
        return true;
    }

    /** All objects of a load have the columns of the first one; one that no load can have is told so when it is read. */
    private Optional<StagedRows> fitting(List<Column> columns) {
        try {
            return Optional.of(staged(columns)).filter(rows -> rows.columns().equals(columns));
        } catch (RejectedObjectException e) {
            return Optional.empty();
        }
    }

    /** Returns what is staged; if that is nothing yet, then from now on with these columns. */
    private StagedRows staged(List<Column> columns) {
        if (staged == null) {
            staged = new StagedRows(columns, target.plan(id, columns, started, keepsRaw));
        }
        return staged;
    }

    private boolean mayBeLoaded(ObjectVersion object) {
        return sameContent != null && sameContent.mayBeLoaded(object);
    }

    private ObjectTally begin(ObjectVersion object) {
        return tallies.begin(object, overtaken.contains(object), replay != null);
    }

    private Optional<ObjectBody> openIfReadable(ObjectVersion object) {
        try {
            if (feed.schema().evolves() && !fits(object)) {
                leavesRest = true;
                return Optional.empty();
            }
            Optional<ObjectBody> opened = store.open(object);
            if (opened.isEmpty()) {
                gone.add(object);
            }
            return opened;
        } catch (RetryableException e) {
            if (e.code().reaction() != Reaction.SET_ASIDE) {
                throw e;
            }
            unreadable.add(new FailedObject(object, e));
            return Optional.empty();
        }
    }

    /**
     * Makes the target fit an object whose feed says so. It is changed before anything is staged; later an object that needs a
     * change has other columns than those before it.
     *
     * @return false if the object is left to a later load
     */
    private boolean fits(ObjectVersion object) {
        List<ObjectVersion> others = staged == null
                ? objects.stream()
                        .filter(other ->
                                !other.equals(object) && verdicts.apply(other).isEmpty())
                        .toList()
                : List.of();
        Optional<MissingShape> shape = tables.missing(feed, target, object, others);
        hasOnlyNames = shape.filter(MissingShape::hasOnlyNames).isPresent();
        List<Column> missing = shape.map(MissingShape::columns).orElse(List.of()).stream()
                .filter(column -> !target.fillsByItself(column.name()) && !target.hasUnloaded(column.name()))
                .toList();
        if (missing.isEmpty()) {
            return true;
        }
        if (staged != null) {
            return false;
        }
        target = tables.evolve(feed, missing);
        return true;
    }

    /**
     * Says which columns the open object has. All objects of a load have the same ones.
     *
     * @param objectHeader the record that names them, as {@link io.caravan.model.ledger.LedgerEntry} has it
     * @return false if the object has others than those before it: it and the rest are left to a later load
     */
    public boolean accept(List<Column> columns, @Nullable String objectHeader) {
        if (staged(columns).columns().equals(columns)) {
            current().setHeader(kept(objectHeader));
            beginRemembering(columns);
            return true;
        }
        closeBody();
        tallies.takeBack();
        leavesRest = true;
        return false;
    }

    /** Most objects of a load have the same header; others may be 64 KiB each. */
    private @Nullable String kept(@Nullable String objectHeader) {
        if (objectHeader != null && !objectHeader.equals(header)) {
            header = objectHeader;
            headerChars += objectHeader.length();
        }
        return objectHeader == null ? null : header;
    }

    /** Once; or for each snapshot, of which only one counts. */
    private void beginRemembering(List<Column> columns) {
        if (remembered != null && (tallies.isFirst() || feed.merge().mode().isSnapshot())) {
            remembered.begin(columns, target.keys());
        }
    }

    /**
     * Says how much of the open object no row is made of, because it is none.
     *
     * @param count of those before the row that was taken last, or asked for
     */
    public void countSkipped(Supplier<SkippedRecords> count) {
        skipped = count;
    }

    /**
     * Stages rows of the open object.
     *
     * @throws RejectedObjectException if the object has more rejected rows than its feed allows; tell {@link #reject}
     */
    public void stage(Batch batch) {
        ObjectTally tally = current();
        tally.add(batch);
        // First, so that a rejected object keeps the first of them.
        stagingTables.addRejected(tally.number(), batch.rejected());
        if (tally.rejectedRows() > feed.limits().maxRejectedRows()) {
            throw ObjectTally.tooManyRejectedRows(feed.limits().maxRejectedRows());
        }
        if (remembered == null) {
            stage(tally.number(), batch.rows());
        } else {
            stageChanged();
            remembered.compare(tally.number(), batch);
        }
        tell(batch.read());
    }

    /** Stages what is left of the last batch where unchanged rows are left out: that is found while the next one is read. */
    private void stageChanged() {
        if (remembered == null) {
            return;
        }
        remembered.changed().ifPresent(changed -> {
            ObjectTally tally = tallies.numbered(changed.number());
            tally.leaveOut(changed.unchanged());
            changed.superseded()
                    .forEach((number, rows) -> tallies.numbered(number).supersedeUnchanged(tally, rows));
            stage(tally.number(), changed.rows());
        });
    }

    private void stage(int number, List<Row> rows) {
        if (staged != null) {
            staged.add(rows);
        }
        stagingTables.addRows(number, rows);
    }

    /** Gives up the object opened last: it can never load as it is. The others go on. */
    public void reject(RejectedObjectException reason) {
        current().reject(reason);
        if (body != null && mayBeLoaded(object())) {
            readOn(body.content());
        }
        closeBody();
    }

    /** What was loaded once is not rejected when it is stored again, whatever has become of the table or the feed since. */
    private void readOn(InputStream rest) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = feed.limits().maxDecompressedBytes();
        try {
            for (int read = 0; read >= 0 && left > 0; read = rest.read(buffer)) {
                left -= read;
            }
        } catch (RejectedObjectException e) {
            log.debug("{} is not what was loaded under its key: {}", object().uri(), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Merges what is staged into the target, and commits it with the ledger.
     *
     * @param scripts the feed's own SQL
     * @return the load as the ledger now has it; empty if every object was left to a later load
     * @throws CaravanException if nothing was committed
     */
    public Optional<LoadRecord> commit(LoadScripts scripts) {
        closeBody();
        stageChanged();
        if (direct != null) {
            direct.tell();
        }
        tallies.judge(feed.limits().maxRejectedRatio());
        if (tallies.areNone()) {
            ended = true;
            return Optional.empty();
        }
        Instant readUntil = clock.instant();
        if (remembered != null && feed.merge().mode().isSnapshot()) {
            tallies.firstGood().ifPresent(snapshot -> remembered.stageUnseen(stagingTables, snapshot));
        }
        transaction.stage(stagingTables.session(), stagingTables.staging(), tallies, mayRepeatKeys());
        PhaseTimes times = new PhaseTimes(
                Duration.between(started, readUntil), Duration.between(readUntil, clock.instant()), Duration.ZERO);
        LoadRecord load = merge(scripts, times);
        ended = true;
        committed = load;
        if (remembered != null) {
            remembered.committed(tallies);
        }
        load.objects().stream()
                .filter(entry -> entry.sameAs() != null && entry.outcome() != Outcome.REJECTED)
                .forEach(entry -> log.info(
                        "{} has the same content as {}, which is loaded{}",
                        entry.object().uri(),
                        entry.sameAs(),
                        entry.outcome() == Outcome.UNCHANGED ? "; it is left out" : ""));
        listener.loadFinished(load);
        return Optional.of(load);
    }

    /** What one snapshot may not do, the ones before it get their turn to do in a load of their own. */
    private LoadRecord merge(LoadScripts scripts, PhaseTimes times) {
        LoadSession session = stagingTables.session();
        try {
            return transaction.merge(session, tallies, scripts, started, times);
        } catch (RejectedObjectException e) {
            tallies.rejectGood(e);
            tallies.giveOlderSnapshotsTheirTurn();
            transaction.stageWithoutRejected(session, tallies);
            return transaction.merge(session, tallies, scripts, started, times);
        }
    }

    /** Ends a load that did not commit: nothing of it stays. */
    public void fail(CaravanException reason) {
        if (ended) {
            return;
        }
        ended = true;
        stagingTables.closeSession();
        listener.loadFinished(new LoadRecord(
                id,
                feed.name(),
                feed.target(),
                started,
                clock.instant(),
                Outcome.FAILED,
                List.of(),
                PhaseTimes.NONE,
                reason.code(),
                reason.getMessage()));
    }

    /**
     * Returns what the load, as a try, came to.
     *
     * @param failure what ended it; null if nothing did
     */
    public LoadResult result(@Nullable CaravanException failure) {
        return new LoadResult(
                id, failure == null ? tallies.objects() : List.of(), unreadable, gone, failure, committed);
    }

    /** Gives back what the load holds; what is not committed is rolled back. */
    @Override
    public void close() {
        closeBody();
        store.close();
        if (remembered != null) {
            remembered.close();
        }
        stagingTables.close();
    }

    private void tell(long records) {
        if (body != null) {
            long bytes = body.storedBytesRead();
            listener.progress(bytes - bytesTold, records);
            bytesTold = bytes;
        }
    }

    private ObjectTally current() {
        return tallies.current();
    }

    /** Returns whether every object is probably opened, in the order in which the load took them; dead letters are not. */
    private boolean opensAll() {
        return replay == null
                && direct == null
                && objects.size() > 1
                && !feed.merge().mode().isSnapshot()
                && feed.merge().mode() != Mode.HISTORY;
    }

    /** Where no object has said which columns it has, there are no rows either. */
    private MergePlan plan() {
        return staged == null ? target.plan(id, target.loadable().columns(), started, keepsRaw) : staged.plan();
    }

    private boolean mayRepeatKeys() {
        return comparesKeys() && !target.keys().isEmpty() && staged != null && staged.mayRepeatKeys(comparesInMemory());
    }

    private boolean comparesKeys() {
        return feed.merge().mode() != Mode.APPEND;
    }

    private boolean comparesInMemory() {
        return comparesKeys()
                && !feed.merge().keepsSuperseded()
                && feed.merge().sequenceBy() == null
                && feed.merge().duplicates() != Duplicates.FAIL;
    }

    /**
     * Says whether records of the open object end in delimiters that no column is behind.
     *
     * @param ends known once the rows have been read
     */
    public void tellDelimiters(BooleanSupplier ends) {
        endsInDelimiters = ends;
    }

    private SkippedRecords skipped() {
        return skipped == null ? SkippedRecords.NONE : skipped.get();
    }

    private void tellSkipped() {
        SkippedRecords records = skipped();
        skipped = null;
        if (!records.isEmpty()) {
            log.info("{}: {} skipped", current().object().uri(), records);
        }
        if (!hasToldDelimiters && endsInDelimiters.getAsBoolean()) {
            hasToldDelimiters = true;
            log.info(
                    "{}: lines end in a delimiter with nothing behind it; no column is made of that",
                    current().object().uri());
        }
        endsInDelimiters = () -> false;
    }

    private void closeBody() {
        if (body != null) {
            tell(0);
            tellSkipped();
            body.contentHash().ifPresent(this::compare);
            body.close();
            body = null;
        }
    }

    private void compare(ContentHash hash) {
        ObjectTally tally = current();
        tally.setContent(hash);
        if (sameContent != null && sameContent.isLoaded(tally.object(), hash)) {
            tally.leaveOut();
        }
    }
}
