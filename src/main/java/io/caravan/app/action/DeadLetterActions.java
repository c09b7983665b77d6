package io.caravan.app.action;

import io.caravan.app.act.ActKind;
import io.caravan.app.camel.Feeds;
import io.caravan.app.command.letter.DeadLetterReading;
import io.caravan.app.command.letter.DeadLettersDropCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.redshift.RedshiftWarehouse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the commands about dead letters do that need no more than the warehouse. */
public final class DeadLetterActions implements DeadLetterReading, DeadLettersDropCommand.Dropping {

    @Override
    public long read(Settings settings, DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        long shown;
        DeadLetterFilter wanted = wanted(settings, filter);
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            shown = warehouse.deadLetters().read(wanted, limit, action);
        }
        Feeds.check(settings, shown, filter.feed());
        return shown;
    }

    @Override
    public void count(Settings settings, DeadLetterFilter filter, Consumer<DeadLetterCount> action) {
        DeadLetterFilter wanted = wanted(settings, filter);
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            warehouse.deadLetters().count(wanted, action);
        }
    }

    @Override
    public long drop(Settings settings, DeadLetterFilter open, boolean dryRun) {
        return drop(settings, open, dryRun, ActNotes.ofProcess());
    }

    /** Drops likewise, as somebody. */
    long drop(Settings settings, DeadLetterFilter open, boolean dryRun, ActNotes notes) {
        DeadLetterFilter wanted = wanted(settings, open);
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            if (!dryRun) {
                long dropped = warehouse.deadLetters().drop(wanted);
                @Nullable FeedEntries named = open.feed();
                notes.note(warehouse.ledger(), ActKind.DROP, named == null ? null : named.name(), dropped, open.text());
                return dropped;
            }
            AtomicLong letters = new AtomicLong();
            warehouse.deadLetters().count(wanted, count -> letters.addAndGet(count.letters()));
            return letters.get();
        }
    }

    private static DeadLetterFilter wanted(Settings settings, DeadLetterFilter filter) {
        @Nullable FeedEntries named = filter.feed();
        return named == null ? filter : filter.of(Feeds.entries(settings, named));
    }
}
