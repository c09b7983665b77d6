package io.caravan.load.remember;

import io.caravan.base.BackgroundTask;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.feed.Feed;
import io.caravan.model.row.Batch;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetSum;
import io.caravan.spi.TargetSession;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of its target that a feed remembers, as one load uses them: a row that the target already has is not staged. The
 * memory counts only if the target has, in the transaction that changes it, the checksum that it had when the memory was
 * written. On any other fault the load does without the memory. Used by one thread.
 */
final class RememberedRows implements RowMemory {

    private static final Logger log = LoggerFactory.getLogger(RememberedRows.class);

    private final Remembering remembering;
    private final Feed feed;
    private final String loadId;
    private final BackgroundTask comparing;
    private List<Column> columns = List.of();
    private List<Column> keys = List.of();
    private @Nullable RowHashes hashes;
    private @Nullable RowHasher hasher;
    private @Nullable ChangedRows changed;

    /** Null if there is nothing to be believed. */
    private @Nullable RememberedHeader header;

    /** What those rows of the target come to that the load does not change; null if that is not known. */
    private @Nullable TargetSum unchanged;

    private @Nullable TargetSum after;
    private long unseen;

    /** Whether the target has lost the rows of the keys that were not seen. */
    private boolean dropsUnseen;

    RememberedRows(Remembering remembering, Feed feed, String loadId) {
        this.remembering = remembering;
        this.feed = feed;
        this.loadId = loadId;
        this.comparing = new BackgroundTask("compare-" + loadId, "comparing rows with remembered ones");
    }

    @Override
    public void begin(List<Column> columns, List<Column> keys) {
        this.columns = columns;
        this.keys = keys;
        hasher = new RowHasher(columns, keys);
        hashes = new RowHashes(remembering.maxBytes());
        header = null;
        if (remembering.isOutdated(feed.name())) {
            return;
        }
        RowHashes read = new RowHashes(remembering.maxBytes());
        try (InputStream in = remembering.files().open(feed.name()).orElse(null)) {
            if (in == null) {
                turnOff("the feed remembers none yet");
                return;
            }
            DataInputStream content = new DataInputStream(new BufferedInputStream(in, 1 << 16));
            RememberedHeader found = RememberedFormat.readHeader(content);
            Optional<String> misfit = misfit(found);
            if (misfit.isPresent()) {
                turnOff(misfit.get());
                return;
            }
            RememberedFormat.readEntries(found, content, read);
            if (feed.merge().mode().isSnapshot() && read.size() < found.sum().rows()) {
                turnOff("caravan.remembered-rows.memory has no room for all of them, which mode mirror needs");
                return;
            }
            header = found;
            hashes = read;
        } catch (IOException | CaravanException e) {
            turnOff("they cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> misfit(RememberedHeader found) {
        if (!found.target().equals(feed.target().toString())) {
            return Optional.of("they are those of " + found.target());
        }
        if (!found.columns().equals(RememberedHeader.described(columns))
                || !found.keys().equals(RememberedHeader.names(keys))) {
            return Optional.of("they have other columns");
        }
        return feed.merge().mode().isSnapshot() && !found.isComplete()
                ? Optional.of("they are not all of the table's rows, which mode mirror needs")
                : Optional.empty();
    }

    private void turnOff(String reason) {
        log.info(
                "Load {} of feed {} stages unchanged rows too, without remembered ones: {}",
                loadId,
                feed.name(),
                reason);
    }

    @Override
    public boolean isUsed() {
        return header != null;
    }

    /** Searches the batch for rows that the target already has while the caller reads the next one. */
    @Override
    public void stage(int number, Batch batch, Consumer<ChangedRows> staging) {
        flush(staging);
        RowHasher by = hasher;
        RowHashes with = hashes;
        comparing.start(() -> changed =
                by == null || with == null ? ChangedRows.all(number, batch) : ChangedRows.of(number, batch, by, with));
    }

    @Override
    public void flush(Consumer<ChangedRows> staging) {
        comparing.await();
        ChangedRows once = changed;
        changed = null;
        if (once != null) {
            staging.accept(once);
        }
    }

    @Override
    public void stageUnseen(StagingTables tables, ObjectTally snapshot) {
        if (hashes == null || header == null) {
            return;
        }
        unseen = hashes.countUnseen();
        if (unseen == 0) {
            return;
        }
        RowHashes.Cursor cursor = hashes.cursor();
        tables.addUnseen(writer -> {
            while (cursor.next()) {
                if (cursor.state() == RowHashes.UNSEEN) {
                    writer.field(snapshot.number());
                    writer.field(0);
                    writer.field(cursor.hash().key());
                    writer.endRow();
                }
            }
        });
    }

    @Override
    public long rowsBefore(TargetSession session) {
        if (header == null) {
            return session.countTarget();
        }
        TargetSum now = session.sumTarget();
        if (!now.equals(header.sum())) {
            throw outdated("somebody else has changed " + feed.target() + " since load " + header.loadId());
        }
        return now.rows();
    }

    @Override
    public long findMissing(TargetSession session, int snapshot) {
        long found = unseen == 0 ? 0 : session.findUnseen(snapshot);
        if (found != unseen) {
            throw outdated("of " + unseen + " rows that the snapshot lacks, " + feed.target() + " has " + found
                    + " by the hashes of their keys");
        }
        dropsUnseen = true;
        return found;
    }

    private RetryableException outdated(String reason) {
        remembering.distrust(feed.name());
        return new RetryableException(
                ErrorCode.REMEMBERED_ROWS_OUTDATED,
                "Feed " + feed.name() + " cannot use the rows it remembers, since " + reason
                        + "; the load starts again without them");
    }

    @Override
    public void beforeChange(TargetSession session) {
        if (header != null && header.sum().rows() > 0) {
            unchanged = header.sum().minus(session.sumChanged());
        }
    }

    @Override
    public OptionalLong rowsAfter(TargetSession session, boolean isChanged) {
        if (hashes == null) {
            return OptionalLong.empty();
        }
        after = sumAfter(session, isChanged);
        return OptionalLong.of(after.rows());
    }

    private TargetSum sumAfter(TargetSession session, boolean isChanged) {
        if (header != null && !isChanged) {
            return header.sum();
        }
        if (unchanged != null) {
            TargetSum sum = unchanged.plus(session.sumChanged());
            if (sum.rows() == session.countTarget()) {
                return sum;
            }
        }
        return session.sumTarget();
    }

    @Override
    public void committed(ObjectTallies tallies) {
        if (hashes == null || after == null || tallies.areAllNeedless()) {
            return;
        }
        if (tallies.lackRows()) {
            remembering.distrust(feed.name());
            return;
        }
        boolean isSnapshot = feed.merge().mode().isSnapshot();
        long entries = hashes.size() - (dropsUnseen ? hashes.countUnseen() : 0);
        RememberedHeader next = new RememberedHeader(
                loadId,
                feed.target().toString(),
                RememberedHeader.described(columns),
                RememberedHeader.names(keys),
                after,
                entries,
                hashes.covered());
        RowHashes kept = hashes;
        if (entries > after.rows() || entries == 0 || (isSnapshot && !next.isComplete())) {
            remembering.distrust(feed.name());
            log.info(
                    "Feed {} does not remember the rows of load {}: {} of {} rows, {} bytes of memory",
                    feed.name(),
                    loadId,
                    entries,
                    after.rows(),
                    remembering.maxBytes());
            return;
        }
        try {
            remembering
                    .files()
                    .write(
                            feed.name(),
                            RememberedFormat.sizeBytes(next),
                            () -> RememberedFormat.content(next, kept, !dropsUnseen));
            remembering.trust(feed.name());
            if (kept.covered() < RowHashes.SEGMENTS) {
                tellOfMemory(entries, after.rows());
            }
        } catch (CaravanException e) {
            remembering.distrust(feed.name());
            log.warn("Feed {} cannot remember the rows of load {}: {}", feed.name(), loadId, e.getMessage());
        }
    }

    private void tellOfMemory(long entries, long rows) {
        log.info(
                "Feed {} remembers {} of the {} rows of {}: caravan.remembered-rows.memory is {} bytes, and all rows would"
                        + " take about {}",
                feed.name(),
                entries,
                rows,
                feed.target(),
                remembering.maxBytes(),
                RowHashes.bytesFor(rows));
    }

    @Override
    public void close() {
        comparing.close();
    }
}
