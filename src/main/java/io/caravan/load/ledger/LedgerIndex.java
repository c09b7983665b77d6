package io.caravan.load.ledger;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects that are done by the ledger of one target, as of the last look. A load that acts on this asks the ledger again
 * under its lock.
 */
public final class LedgerIndex {

    /** Differs from every ETag. */
    private static final String NO_ETAG = "";

    /** A bit each, as far as they are needed. */
    private static final long SIZES = 1 << 20;

    private static final int CONTENTS = 1 << 16;

    /** So much is read in vain rather than asked for: a question before each small load costs more. */
    private static final int FEW_OBJECTS = 16;

    private static final long FEW_BYTES = 1 << 20;

    /** What the versions of an object have in common. */
    private record ObjectName(String bucket, String key) {}

    private final Warehouse warehouse;
    private final TableName target;
    private final Clock clock;
    private final Consumer<TableName> firstRead;
    private final ObjectIndex index = new ObjectIndex();
    private final LostRows lostRows = new LostRows();

    /** Keys whose last version is to be tried again, each with the name of the feed that says so; few. */
    private final Map<ObjectName, String> triedAgain = new HashMap<>();

    /** The sizes of objects that were loaded, each as its remainder by {@link #SIZES}. */
    private final BitSet sizes = new BitSet();

    /** How the hashes of the bytes of such objects begin, each as one of {@link #CONTENTS}. */
    private final BitSet contents = new BitSet();

    /** The ETags of those of them that failed. */
    private final Map<ObjectName, String> failed = new HashMap<>();

    private long position;
    private @Nullable Instant lastRead;
    private boolean prepared;

    /** Whether nothing has happened since the last look, or the last commit, that may not be known here. */
    private boolean isCurrent;

    /**
     * Knows nothing yet.
     *
     * @param firstRead is told when the ledger has been read for the first time; throws nothing
     */
    public LedgerIndex(Warehouse warehouse, TableName target, Clock clock, Consumer<TableName> firstRead) {
        this.warehouse = warehouse;
        this.target = target;
        this.clock = clock;
        this.firstRead = firstRead;
    }

    /**
     * Reads the ledger's new entries since the last look.
     *
     * @return the last ledger position; 0 if the ledger is empty
     */
    public synchronized long refresh() {
        warehouse.readLedger(target, position, this::add);
        boolean isFirst = lastRead == null;
        lastRead = clock.instant();
        isCurrent = true;
        if (isFirst) {
            firstRead.accept(target);
        }
        return position;
    }

    /**
     * Reads likewise for a load that is to begin, unless there is little to load, and this process knows of nothing that it might
     * have missed. If others have dealt with these objects meanwhile, the load finds that out under its lock, and the next one
     * reads.
     *
     * @param objects which the load is to take
     */
    public synchronized long begin(Collection<ObjectVersion> objects) {
        boolean areFew = objects.size() <= FEW_OBJECTS
                && objects.stream().mapToLong(ObjectVersion::sizeBytes).sum() <= FEW_BYTES;
        long known = areFew && isCurrent ? position : refresh();
        isCurrent = false;
        return known;
    }

    /** Reads likewise, unless that was done lately. */
    synchronized void refreshIfOlderThan(Duration age) {
        if (lastRead == null || !clock.instant().isBefore(lastRead.plus(age))) {
            refresh();
        }
    }

    /**
     * Adds the entries that a load of this process has committed; reads the ledger only if others have committed before it.
     *
     * @param behind the position in the ledger behind which its objects stand
     */
    public synchronized void committed(long behind, LoadRecord load) {
        lostRows.committed();
        if (position == behind) {
            load.objects().forEach(entry -> add(mark(load.feed(), entry)));
            isCurrent = true;
        } else {
            refresh();
        }
    }

    private LedgerMark mark(String feed, LedgerEntry entry) {
        ObjectVersion object = entry.object();
        return new LedgerMark(
                position + 1,
                feed,
                object.bucket(),
                object.key(),
                object.etag(),
                object.sizeBytes(),
                object.lastModified(),
                entry.outcome(),
                entry.sha256() == null ? null : LedgerMark.contentStart(entry.sha256()));
    }

    /** Creates what the ledger lacks. */
    public synchronized void prepare() {
        if (!prepared) {
            warehouse.prepareLedger(target);
            prepared = true;
        }
    }

    public LostRows lostRows() {
        return lostRows;
    }

    /** Returns whether the ledger has any entry, as far as is known. */
    synchronized boolean hasEntries() {
        return position > 0;
    }

    /** Returns whether this is the version last dealt with under its key; looks for the first time if nobody has. */
    public synchronized boolean contains(ObjectVersion object) {
        return find(object) != Known.NEW;
    }

    /** Returns what is known of a version; looks likewise. */
    synchronized Known find(ObjectVersion object) {
        requireRead();
        return index.find(object.bucket(), object.key(), object.etag(), object.lastModified());
    }

    /**
     * Finds the ledger's entries for objects that were stored again, with one query for all.
     *
     * @return those that are new; the index then knows the others as done
     */
    synchronized List<ObjectVersion> findNew(List<ObjectVersion> storedAgain) {
        refresh();
        List<ObjectVersion> found = new ArrayList<>();
        for (ObjectVersion object : storedAgain) {
            if (contains(object)) {
                index.put(object.bucket(), object.key(), object.etag(), object.lastModified());
            } else {
                found.add(object);
            }
        }
        return found;
    }

    /** Returns whether the version last dealt with under the key was stored later than this one. */
    synchronized boolean hasLaterVersion(ObjectVersion object) {
        return index.hasLater(object.bucket(), object.key(), object.lastModified());
    }

    /** Returns the feed's name that the ledger has for the object, if it knows it but wants it tried again. */
    public synchronized Optional<String> triedAgainBy(ObjectVersion object) {
        return Optional.ofNullable(triedAgain.get(new ObjectName(object.bucket(), object.key())));
    }

    /** Returns whether the ledger knows the object's key. */
    synchronized boolean knows(ObjectVersion object) {
        return index.hasKey(object.bucket(), object.key());
    }

    /** Returns whether the ledger knows a key, as of the last look; empty if there was none. Looks at nothing. */
    synchronized Optional<Boolean> isKnown(String bucket, String key) {
        return lastRead == null ? Optional.empty() : Optional.of(index.hasKey(bucket, key));
    }

    /** Returns whether an object of this size may have been loaded; false only if none has. */
    synchronized boolean mayHaveSize(long sizeBytes) {
        return sizes.get((int) (sizeBytes % SIZES));
    }

    /** Returns whether an object with these bytes may have been loaded, as far as is known; false only if none has. */
    synchronized boolean mayHaveContent(long sizeBytes, String sha256) {
        return mayHaveSize(sizeBytes) && contents.get(bit(LedgerMark.contentStart(sha256)));
    }

    private static int bit(String contentStart) {
        return contentStart.hashCode() & (CONTENTS - 1);
    }

    /** Returns whether the version last dealt with under the key is this one, and has failed; looks likewise. */
    synchronized boolean isFailed(ObjectVersion object) {
        requireRead();
        return object.etag().equals(failed.get(new ObjectName(object.bucket(), object.key())));
    }

    private void requireRead() {
        if (lastRead == null) {
            refresh();
        }
    }

    private void add(LedgerMark mark) {
        position = mark.position();
        if (!mark.outcome().isOfObject()) {
            return;
        }
        ObjectName name = new ObjectName(mark.bucket(), mark.key());
        if (mark.outcome() == Outcome.LOADED) {
            sizes.set((int) (mark.sizeBytes() % SIZES));
            if (mark.contentStart() != null) {
                contents.set(bit(mark.contentStart()));
            }
        }
        if (mark.outcome() == Outcome.FAILED) {
            failed.put(name, mark.etag());
        } else {
            failed.remove(name);
        }
        if (mark.outcome().isDone()) {
            index.put(mark.bucket(), mark.key(), mark.etag(), mark.lastModified());
            triedAgain.remove(name);
        } else {
            index.put(mark.bucket(), mark.key(), NO_ETAG, mark.lastModified());
            triedAgain.put(name, mark.feed());
        }
    }
}
