package io.caravan.load;

import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.verify.PastWarehouse;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.ProcessDeaths;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A past load that is done once more, with the id and the time that it had, into the stand-in of its target. */
public final class RepeatedLoad implements TrialLoads {

    private final String id;
    private final Clock clock;
    private final ObjectStores stores;
    private final PastWarehouse warehouse;
    private final LedgerIndexes ledger;
    private final StagingChoice staging;
    private final LoadListener listener;
    private @Nullable LoadRecord record;
    private Set<String> columns = Set.of();
    private boolean hasOvertaken;

    /**
     * Takes a past load.
     *
     * @param id the load's id at that time
     * @param clock shows the time at which it began
     * @param warehouse is as it was before the load
     * @param ledger likewise
     * @param listener is told how reading gets on
     */
    RepeatedLoad(
            String id,
            Clock clock,
            ObjectStores stores,
            PastWarehouse warehouse,
            LedgerIndexes ledger,
            StagingChoice staging,
            LoadListener listener) {
        this.id = id;
        this.clock = clock;
        this.stores = stores;
        this.warehouse = warehouse;
        this.ledger = ledger;
        this.staging = staging;
        this.listener = listener;
    }

    @Override
    public Feed feed(Feed feed) {
        return feed;
    }

    @Override
    public Loads loads() {
        return new Loads(
                stores,
                warehouse,
                ledger,
                staging,
                ProcessDeaths.NONE,
                listener,
                clock,
                () -> id,
                staged -> new LoadCommit(
                        staged.task(),
                        staged.tallies(),
                        staged.rows(),
                        staged.privatePart(),
                        new RepeatedPart(staged.task(), clock, ended -> take(ended, staged)),
                        clock));
    }

    private void take(LoadRecord ended, Endings.Staged staged) {
        record = ended;
        columns = names(staged.rows().columns());
        hasOvertaken = !staged.task().overtaken().isEmpty();
    }

    private static Set<String> names(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Returns what the load has come to now; null if it did not get so far. */
    @Nullable
    LoadRecord record() {
        return record;
    }

    /** Returns the columns that its objects have, in lower case; none if it has no rows. */
    Set<String> columns() {
        return columns;
    }

    /** Returns whether newer objects had overtaken one of its objects. */
    boolean hasOvertaken() {
        return hasOvertaken;
    }
}
