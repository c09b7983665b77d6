package io.caravan.app.action;

import io.caravan.app.act.ActKind;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.check.PatientVerification;
import io.caravan.app.command.letter.DeadLettersReplayCommand;
import io.caravan.app.report.LoadRecorder;
import io.caravan.app.report.ReplayReport;
import io.caravan.app.report.ReplayRequest;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.load.FeedPreviews;
import io.caravan.load.ledger.LedgerChanges;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.replay.Replay;
import io.caravan.load.replay.Replays;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.spi.Ledger.Mode;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ProcessDeaths;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Replays dead letters through the route of their feed. */
public final class ReplayAction implements DeadLettersReplayCommand.Replaying {

    private static final Set<ErrorCode> OVERTAKEN = Set.of(ErrorCode.LEDGER_MOVED, ErrorCode.WAREHOUSE_CONFLICT);

    private static final int MAX_ATTEMPTS = 5;
    private static final int PREVIEWED_ROWS = 20;

    private final SpiDecorator decorator;

    public ReplayAction(SpiDecorator decorator) {
        this.decorator = decorator;
    }

    @Override
    public ReplayReport replay(Settings settings, ReplayRequest request, LoadListener listener) {
        return replay(settings, request, listener, ActNotes.ofProcess());
    }

    /** Replays likewise, as somebody. */
    ReplayReport replay(Settings settings, ReplayRequest request, LoadListener listener, ActNotes notes) {
        RouteSet set = Feeds.read(settings);
        List<FeedFile> feeds = Feeds.choose(set.checked(), Set.of(request.feed()));
        Feed feed = feeds.get(0).feed();
        FeedEntries entries = Feeds.entries(set.checked(), FeedEntries.named(feed.name()));
        LoadRecorder recorder = new LoadRecorder(listener);
        try (Wiring wiring = new Wiring(settings, 1, ProcessDeaths.NONE, decorator);
                Replays replays = replays(wiring, feed, entries, request)) {
            PatientVerification.awaitAll(wiring, feeds).requireGood();
            try (CamelRoutes routes = wiring.routes(set, recorder, false)) {
                routes.start();
                if (request.dryRun()) {
                    return ReplayReport.dryRun(preview(replays, routes, feed, listener), replays);
                }
                recorder.run(feed.name(), () -> replayAll(replays, routes, feed.name()));
            }
            ReplayReport report = ReplayReport.of(feed.name(), recorder.report(), replays);
            notes.note(
                    wiring.ledger(),
                    ActKind.REPLAY,
                    feed.name(),
                    report.replayed(),
                    request.corrections() == null ? request.filter().text() : "corrected");
            return report;
        }
    }

    private static FeedPreview preview(Replays replays, CamelRoutes routes, Feed feed, LoadListener listener) {
        FeedPreviews previews =
                routes.previews(feed.name(), new PreviewWish(null, null, PREVIEWED_ROWS, false, listener));
        boolean goesOn = true;
        for (Optional<Replay> next = replays.next(); goesOn && next.isPresent(); next = replays.next()) {
            LoadResult result = routes.preview(feed.name(), next.get(), previews);
            goesOn = previews.ended(feed, next.get().objects(), result)
                    && !result.done().isEmpty();
            replays.done(result.done().size());
        }
        return previews.result(feed);
    }

    private static Replays replays(Wiring wiring, Feed feed, FeedEntries entries, ReplayRequest request) {
        if (request.corrections() != null) {
            return Replays.ofCorrected(
                    wiring.warehouse(),
                    wiring.deadLetters(),
                    feed,
                    entries,
                    request.corrections(),
                    request.overwrites());
        }
        LedgerChanges changes = wiring.ledgerChanges();
        return Replays.ofKept(
                wiring.warehouse(),
                wiring.deadLetters(),
                feed,
                request.filter().of(entries),
                request.overwrites(),
                rejected -> changes.rearm(feed, rejected, request.dryRun() ? Mode.DRY_RUN : Mode.WRITE));
    }

    private static void replayAll(Replays replays, CamelRoutes routes, String feed) {
        Optional<Replay> next = replays.next();
        while (next.isPresent()) {
            replays.done(replay(next.get(), replays, routes, feed));
            next = replays.next();
        }
    }

    /** Returns how many objects were dealt with. */
    private static int replay(Replay first, Replays replays, CamelRoutes routes, String feed) {
        Optional<Replay> replay = Optional.of(first);
        for (int attempt = 1; replay.isPresent(); attempt++) {
            LoadResult result = routes.replay(feed, replay.get());
            CaravanException failure = result.failure();
            if (failure == null && result.done().isEmpty()) {
                throw new IllegalStateException("the route of feed " + feed + " leaves dead letters aside");
            }
            if (failure == null) {
                return result.done().size();
            }
            if (!OVERTAKEN.contains(failure.code()) || attempt == MAX_ATTEMPTS) {
                throw failure;
            }
            replay = replays.again();
        }
        return 0;
    }
}
