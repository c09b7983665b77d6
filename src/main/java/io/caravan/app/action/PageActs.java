package io.caravan.app.action;

import io.caravan.app.act.Act;
import io.caravan.app.act.ActResult;
import io.caravan.app.act.Acting;
import io.caravan.app.report.ReplayReport;
import io.caravan.app.report.ReplayRequest;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.spi.Ledger.Mode;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators have done on the page: the same as by the commands. */
public final class PageActs implements Acting {

    private final Settings settings;
    private final LoadListener listener;
    private final DeadLetterActions letters = new DeadLetterActions();
    private final ObjectActions objects = new ObjectActions();
    private final ReplayAction replays;

    /**
     * Has done nothing yet.
     *
     * @param listener is told of the loads of replays
     */
    public PageActs(Settings settings, LoadListener listener, SpiDecorator decorator) {
        this.settings = settings;
        this.listener = listener;
        this.replays = new ReplayAction(decorator);
    }

    @Override
    public ActResult count(Act act) {
        return perform(act, true, "");
    }

    @Override
    public ActResult run(Act act, String by) {
        return perform(act, false, by);
    }

    private ActResult perform(Act act, boolean isDryRun, String by) {
        ActNotes notes = new ActNotes(by, Clock.systemUTC());
        Mode mode = isDryRun ? Mode.DRY_RUN : Mode.WRITE;
        return switch (act.kind()) {
            case REPLAY -> replay(act, isDryRun, notes);
            case DROP -> new ActResult(letters.drop(settings, act.letters().open(), isDryRun, notes), List.of());
            case REARM -> new ActResult(objects.rearm(settings, act.feed(), act.objects(), mode, notes), List.of());
            case SKIP ->
                new ActResult(
                        objects.skip(
                                settings,
                                act.feed(),
                                object -> (act.key() == null || object.key().equals(act.key()))
                                        && (act.prefix() == null || object.key().startsWith(act.prefix())),
                                mode,
                                act.objects().text(),
                                notes),
                        List.of());
        };
    }

    /** Whoever only counts tells nobody of loads: they are rolled back. */
    private ActResult replay(Act act, boolean isDryRun, ActNotes notes) {
        ReplayReport report = replays.replay(
                settings,
                new ReplayRequest(act.feed(), act.letters().open(), null, false, isDryRun),
                isDryRun ? LoadListener.NONE : listener,
                notes);
        @Nullable FeedPreview planned = report.planned();
        if (planned != null && planned.failure() != null) {
            throw planned.failure();
        }
        long letters = planned == null
                ? report.replayed()
                : planned.loads().stream()
                                .map(LoadPreview::load)
                                .map(LoadRecord::counts)
                                .mapToLong(LoadCounts::read)
                                .sum()
                        + report.rearmed().size();
        List<String> said = new ArrayList<>(report.notes());
        if (!report.rearmed().isEmpty()) {
            said.add(report.rearmed().size() + " objects that were rejected as a whole load again with the next pass");
        }
        return new ActResult(letters, said);
    }
}
