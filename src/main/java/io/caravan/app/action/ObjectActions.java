package io.caravan.app.action;

import io.caravan.app.camel.Feeds;
import io.caravan.app.command.ObjectsListCommand;
import io.caravan.app.command.ObjectsRearmCommand;
import io.caravan.app.command.ObjectsRepairedCommand;
import io.caravan.app.command.ObjectsSkipCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.load.ledger.LedgerChanges;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.RecordedRepair;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.spi.Ledger.Mode;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the commands about objects do. */
public final class ObjectActions
        implements ObjectsListCommand.Reading,
                ObjectsRepairedCommand.Reading,
                ObjectsRearmCommand.Rearming,
                ObjectsSkipCommand.Skipping {

    @Override
    public long read(
            Settings settings, ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action) {
        @Nullable FeedEntries named = filter.feed();
        ObjectFilter wanted = named == null ? filter : filter.of(Feeds.entries(settings, named));
        long shown;
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            shown = warehouse.ledger().read(wanted, history, limit, action);
        }
        Feeds.check(settings, shown, named);
        return shown;
    }

    @Override
    public long readRepaired(Settings settings, DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action) {
        @Nullable FeedEntries named = filter.feed();
        DeadLetterFilter wanted = named == null ? filter : filter.of(Feeds.entries(settings, named));
        long shown;
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            shown = warehouse.deadLetters().readRepaired(wanted, limit, action);
        }
        Feeds.check(settings, shown, named);
        return shown;
    }

    @Override
    public long rearm(Settings settings, String feed, ObjectFilter filter, Mode mode) {
        Feed found = Feeds.find(Feeds.all(settings), feed);
        return change(settings, changes -> changes.rearm(found, filter, mode));
    }

    @Override
    public long skip(Settings settings, String feed, Predicate<ObjectVersion> wanted, Mode mode) {
        Feed found = Feeds.find(Feeds.all(settings), feed);
        return change(settings, changes -> changes.skip(found, wanted, mode));
    }

    private static long change(Settings settings, Function<LedgerChanges, Long> change) {
        try (Wiring wiring = new Wiring(settings)) {
            wiring.warehouse().probe();
            return change.apply(wiring.ledgerChanges());
        }
    }
}
