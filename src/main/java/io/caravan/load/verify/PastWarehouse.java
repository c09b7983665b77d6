package io.caravan.load.verify;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.unchanged.UnchangedWarehouse;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.table.Column;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadSession;
import io.caravan.spi.Warehouse;
import io.caravan.spi.verify.VerifySession;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse as it was before a past load: its ledger ends there, and the target is the stand-in. Nothing of it changes. Used
 * by one thread.
 */
public final class PastWarehouse extends UnchangedWarehouse {

    private final VerifySession session;
    private long before = 1;

    /**
     * Begins before the first load.
     *
     * @param now makes the texts of statements
     */
    public PastWarehouse(VerifySession session, Warehouse now) {
        super(now);
        this.session = session;
    }

    /** Goes on to the time before the ledger had an entry at this place. */
    public void goTo(long position) {
        before = position;
    }

    @Override
    public TargetTable describe(TableName name) {
        return session.target();
    }

    @Override
    public void readLedger(TableName target, long position, Consumer<LedgerMark> action) {
        session.readMarks(position, before, action);
    }

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names) {
        return session.findNewest(feed, names, before);
    }

    /** Nothing: whatever is repeated was not loaded before. */
    @Override
    public List<LoadedContent> findLoaded(TableName target, String bucket, Collection<String> keys) {
        return List.of();
    }

    @Override
    public LoadSession open(Feed feed) {
        return session.open(feed);
    }

    /** The target has all columns that its loads have added, unless somebody has taken them away. */
    @Override
    public TargetTable evolve(TableName name, List<Column> wanted) {
        throw new InvalidConfigurationException(
                ErrorCode.FEED_INVALID,
                name + " lacks columns that its objects have, or they do not fit any more: "
                        + String.join("; ", changes(session.target(), wanted)));
    }

    @Override
    public long countLost(TableName target) {
        return 0;
    }

    @Override
    public void readRows(TableName name, List<Column> columns, Consumer<List<@Nullable String>> action) {
        throw isPast();
    }

    @Override
    public void create(NewTable table) {
        throw isPast();
    }

    @Override
    public LoadSession preview(Feed feed, PlannedTarget planned) {
        throw isPast();
    }

    @Override
    public void readEndedLoads(String firstId, Consumer<String> action) {
        throw isPast();
    }

    private static UnsupportedOperationException isPast() {
        return new UnsupportedOperationException("no repeated load does this");
    }
}
