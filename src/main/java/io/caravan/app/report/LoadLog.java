package io.caravan.app.report;

import io.caravan.app.text.FigureText;
import io.caravan.base.CaravanException;
import io.caravan.base.Reaction;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each load. */
public final class LoadLog implements LoadListener {

    private static final Logger log = LoggerFactory.getLogger(LoadLog.class);

    private final Function<String, @Nullable String> fileOf;

    /**
     * Logs nothing yet.
     *
     * @param fileOf gives the name of a feed's route file, or null if it is not known
     */
    public LoadLog(Function<String, @Nullable String> fileOf) {
        this.fileOf = fileOf;
    }

    @Override
    public void loadFinished(LoadRecord load) {
        if (load.outcome() == Outcome.FAILED) {
            // What follows from it is told below; being overtaken is no failure.
            log.debug("Load {} of feed {} ended without a commit: {}", load.id(), load.feed(), load.errorCode());
            return;
        }
        LoadCounts counts = load.counts();
        long millis = Duration.between(load.started(), load.ended()).toMillis();
        log.atInfo()
                .addKeyValue("target", load.target())
                .addKeyValue("objects", load.objects().size())
                .addKeyValue("rows.read", counts.read())
                .addKeyValue("rows.inserted", counts.inserted())
                .addKeyValue("rows.updated", counts.updated())
                .addKeyValue("rows.unchanged", counts.unchanged())
                .addKeyValue("rows.superseded", counts.superseded())
                .addKeyValue("rows.rejected", counts.rejected())
                .addKeyValue("duration_ms", millis)
                .log(
                        "Load {} of feed {} into {}: {} objects, read {}, inserted {}, updated {}, unchanged {},"
                                + " superseded {}, rejected {}, in {} ms",
                        load.id(),
                        load.feed(),
                        load.target(),
                        load.objects().size(),
                        counts.read(),
                        counts.inserted(),
                        counts.updated(),
                        counts.unchanged(),
                        counts.superseded(),
                        counts.rejected(),
                        millis);
        load.objects().stream()
                .filter(entry -> entry.outcome() == Outcome.REJECTED)
                .forEach(entry ->
                        log.warn("Rejected {}: {} ({})", entry.object().uri(), entry.error(), entry.errorCode()));
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        log.warn(
                "Feed {}: try {} of {} failed, the next is in {}: {} ({})",
                feedName,
                tries,
                maxTries,
                FigureText.time(delay),
                reason.getMessage(),
                reason.code());
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        if (isKnown) {
            log.warn(
                    "Feed {}: {} still fails ({}); the next try is in {}",
                    feedName,
                    object.uri(),
                    reason.code(),
                    FigureText.time(delay));
        } else {
            log.error(
                    "Feed {}: {} is set aside, the others load without it; the next try is in {}: {} ({})",
                    feedName,
                    object.uri(),
                    FigureText.time(delay),
                    reason.getMessage(),
                    reason.code());
        }
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        boolean isStopped = reason.code().reaction() == Reaction.FATAL;
        String what = isStopped ? "is stopped" : "fails";
        if (isKnown) {
            log.warn(
                    "Feed {} still {} ({}); the next try is in {}",
                    feedName,
                    what,
                    reason.code(),
                    FigureText.time(delay));
        } else {
            @Nullable String file = isStopped ? fileOf.apply(feedName) : null;
            log.error(
                    "Feed {} {}, its objects wait; the next try is in {}: {}{} ({})",
                    feedName,
                    what,
                    FigureText.time(delay),
                    file == null ? "" : file + ": ",
                    reason.getMessage(),
                    reason.code());
        }
    }

    @Override
    public void notificationsFailed(String feedName, CaravanException reason, boolean isKnown) {
        if (!isKnown) {
            log.error(
                    "Feed {} gets no notifications, it lists all its objects every pollDelay: {} ({})",
                    feedName,
                    reason.getMessage(),
                    reason.code());
        }
    }

    @Override
    public void notificationsRecovered(String feedName) {
        log.info("Feed {} gets notifications again", feedName);
    }

    @Override
    public void tidyFailed(String feedName, int objectCount, CaravanException reason, Duration delay) {
        log.warn(
                "Feed {}: {} of its objects, which are loaded or rejected, could not be tagged, moved or deleted; the next try"
                        + " is in {}: {} ({})",
                feedName,
                objectCount,
                FigureText.time(delay),
                reason.getMessage(),
                reason.code());
    }

    @Override
    public void objectMissing(String feedName, Instant since) {
        log.warn("Feed {}: an object is missing, one was due at {}: ask whoever delivers", feedName, since);
    }

    @Override
    public void feedRecovered(String feedName) {
        log.info("Feed {} loads again", feedName);
    }
}
