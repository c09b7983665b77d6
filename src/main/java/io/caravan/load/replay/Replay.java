package io.caravan.load.replay;

import static java.util.stream.Collectors.toMap;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.row.ParsedRow;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that go through their feed again as one load. The replayed records of one object form a body, which is opened
 * by the object version of the records. Used by one thread.
 */
public final class Replay implements ObjectReader, RowOrigin {

    private final Map<ObjectVersion, DeadLetterGroup> groups;
    private final List<ObjectVersion> objects;
    private final ReplayedRecords records;
    private final CsvFormat format;
    private final boolean overwrites;
    private final @Nullable Predicate<ObjectVersion> outdated;

    /**
     * Takes dead letters.
     *
     * @param groups each of another object version, oldest first
     * @param format the format of the feed's objects
     * @param overwrites whether rows go into the target even if the rows that they change were loaded later than their
     *     object
     * @param outdated returns whether a newer object has been loaded, if the feed's objects are snapshots: then no row of an
     *     older one may go into the target; null if they are not snapshots
     */
    Replay(
            List<DeadLetterGroup> groups,
            ReplayedRecords records,
            CsvFormat format,
            boolean overwrites,
            @Nullable Predicate<ObjectVersion> outdated) {
        this.groups = groups.stream().collect(toMap(DeadLetterGroup::object, group -> group));
        this.objects = groups.stream().map(DeadLetterGroup::object).toList();
        this.records = records;
        this.format = format;
        this.overwrites = overwrites;
        this.outdated = outdated;
    }

    /** Returns the object versions that the records come from, oldest first. */
    public List<ObjectVersion> objects() {
        return objects;
    }

    @Override
    public boolean isReplay() {
        return true;
    }

    @Override
    public boolean overwrites() {
        return overwrites;
    }

    @Override
    public boolean isOfSnapshot() {
        return outdated != null;
    }

    @Override
    public Iterator<? extends ParsedRow> placed(
            Iterator<? extends ParsedRow> rows,
            ObjectBody body,
            ObjectTally tally,
            LongSupplier skipped,
            StagingTables tables) {
        if (!(body instanceof ReplayedBody replayed)) {
            return rows;
        }
        DeadLetterGroup group = group(tally.object());
        return new PlacedRows(rows, replayed, skipped, line -> {
            tally.addReplayed();
            tables.addReplayed(tally.number(), line, group);
        });
    }

    /**
     * Requires that no newer snapshot has been loaded.
     *
     * @throws RetryableException if one has
     */
    public void requireNewest() {
        if (outdated != null && objects.stream().anyMatch(outdated)) {
            throw new RetryableException(
                    ErrorCode.LEDGER_MOVED, "A newer snapshot has been loaded meanwhile; the replay starts again");
        }
    }

    /** Opens the replayed records of an object. */
    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        DeadLetterGroup group = group(version);
        String header = group.header();
        if (header == null) {
            throw new IllegalStateException("nothing can be replayed without a header");
        }
        return Optional.of(new ReplayedBody(header, records.open(group), format));
    }

    private DeadLetterGroup group(ObjectVersion version) {
        DeadLetterGroup group = groups.get(version);
        if (group == null) {
            throw new IllegalStateException(version.uri() + " is not part of the replay");
        }
        return group;
    }
}
