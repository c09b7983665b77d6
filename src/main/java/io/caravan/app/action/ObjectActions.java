package io.caravan.app.action;

import io.caravan.app.act.ActKind;
import io.caravan.app.camel.Feeds;
import io.caravan.app.command.ObjectsListCommand;
import io.caravan.app.command.ObjectsRearmCommand;
import io.caravan.app.command.ObjectsRepairedCommand;
import io.caravan.app.command.ObjectsSkipCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
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
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
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
        return rearm(settings, feed, filter, mode, ActNotes.ofProcess());
    }

    /** Rearms likewise, as somebody. */
    long rearm(Settings settings, String feed, ObjectFilter filter, Mode mode, ActNotes notes) {
        Feed found = Feeds.find(Feeds.all(settings), feed);
        return change(settings, wiring -> {
            long rearmed = wiring.ledgerChanges().rearm(found, filter, mode);
            if (mode == Mode.WRITE) {
                notes.note(wiring.ledger(), ActKind.REARM, feed, rearmed, filter.text());
            }
            return rearmed;
        });
    }

    @Override
    public long skip(Settings settings, String feed, Predicate<ObjectVersion> wanted, Mode mode) {
        return skip(settings, feed, wanted, mode, "", ActNotes.ofProcess());
    }

    /** Skips likewise, as somebody. */
    long skip(
            Settings settings, String feed, Predicate<ObjectVersion> wanted, Mode mode, String which, ActNotes notes) {
        Feed found = Feeds.find(Feeds.all(settings), feed);
        return change(settings, wiring -> {
            long skipped = wiring.ledgerChanges().skip(found, wanted, mode);
            if (mode == Mode.WRITE) {
                notes.note(wiring.ledger(), ActKind.SKIP, feed, skipped, which);
            }
            return skipped;
        });
    }

    private static long change(Settings settings, ToLongFunction<Wiring> change) {
        try (Wiring wiring = new Wiring(settings)) {
            wiring.warehouse().probe();
            return change.applyAsLong(wiring);
        }
    }
}
