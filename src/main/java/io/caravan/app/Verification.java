package io.caravan.app;

import static java.util.stream.Collectors.joining;

import io.caravan.app.CheckResult.Verdict;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.load.FeedTarget;
import io.caravan.load.LostRows;
import io.caravan.load.StagingTrial;
import io.caravan.load.TargetTables;
import io.caravan.model.Column;
import io.caravan.model.Feed;
import io.caravan.model.MissingRight;
import io.caravan.model.NotificationQueue;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetTable;
import io.caravan.spi.Notifications;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what the feeds name is there. What it writes to try that, it takes away again. */
final class Verification {

    /** How many of several things a message names. */
    private static final int SHOWN = 3;

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final Engine engine;
    private final TargetTables tables;
    private final boolean isThorough;
    private final List<CheckResult> results = new ArrayList<>();
    private final List<CaravanException> failures = new ArrayList<>();
    private boolean reached;

    /**
     * Looks at what an engine reaches.
     *
     * @param isThorough whether to look for missing rights, to stage a row by COPY, and to read objects of a feed whose table
     *     is still to be created, and show how it would be
     */
    Verification(Engine engine, boolean isThorough) {
        this.engine = engine;
        this.tables = new TargetTables(engine.objects(), engine.warehouse());
        this.isThorough = isThorough;
    }

    /** Checks the warehouse, and each feed's bucket, table, keys and columns; throws nothing for what is wrong. */
    List<CheckResult> check(List<FeedFile> feeds) {
        reached = check("warehouse", () -> {
            engine.warehouse().probe();
            return "connected";
        });
        for (FeedFile file : feeds) {
            Feed feed = file.feed();
            check("feed " + feed.name() + ": bucket " + feed.bucket(), () -> {
                engine.objects().probe(feed.bucket(), feed.prefix());
                return "can be listed";
            });
            warnOfOthersBehind(feed);
            checkQueue(file.queue(), feed);
            if (reached) {
                boolean isThere = check("feed " + feed.name() + ": table " + feed.target(), () -> columns(feed));
                if (isThere && isThorough) {
                    warnOfLostRows(feed);
                }
            }
        }
        if (reached && isThorough) {
            checkRights(feeds.stream().map(FeedFile::feed).toList());
            engine.stagingTrial().ifPresent(this::checkStaging);
        }
        return results;
    }

    /** Returns what was found, in its order. */
    List<CheckResult> results() {
        return List.copyOf(results);
    }

    private void checkRights(List<Feed> feeds) {
        List<MissingRight> missing = new ArrayList<>();
        boolean isKnown = check("rights", () -> {
            missing.addAll(engine.findMissingRights(feeds));
            return "all that the feeds need";
        });
        if (isKnown && !missing.isEmpty()) {
            results.remove(results.size() - 1);
            missing.forEach(right -> results.add(new CheckResult(
                    "rights",
                    right.isNeeded() ? Verdict.INVALID : Verdict.WARNING,
                    right.what() + "; have somebody who may grant it run: " + right.statement())));
        }
    }

    private void checkStaging(StagingTrial trial) {
        List<CaravanException> failed = trial.run();
        failed.forEach(failure -> fail("staging", failure));
        if (failed.isEmpty()) {
            results.add(new CheckResult("staging", Verdict.OK, "a file was written, copied by the role, and deleted"));
        }
    }

    /** What the prefix was meant for is a folder, and there are more of which it is the beginning. */
    private void warnOfOthersBehind(Feed feed) {
        String prefix = feed.prefix();
        if (prefix.isEmpty() || prefix.endsWith("/")) {
            return;
        }
        List<String> folders;
        try {
            folders = engine.objects().folders(feed.bucket(), prefix);
        } catch (CaravanException e) {
            // That the bucket cannot be listed is said already.
            return;
        }
        List<String> others =
                folders.stream().filter(folder -> !folder.equals(prefix + "/")).toList();
        if (folders.size() > others.size() && !others.isEmpty()) {
            warn(
                    "feed " + feed.name() + ": prefix " + prefix,
                    "also takes the objects of " + some(others) + "; let it end in a slash, '" + prefix + "/'");
        }
    }

    private void warnOfLostRows(Feed feed) {
        try {
            long lost = engine.warehouse().countLost(feed.target());
            if (lost > 0) {
                warn("feed " + feed.name(), LostRows.text(feed, lost));
            }
        } catch (CaravanException e) {
            // A right that is missing is said below.
            log.debug("Cannot look whether {} was emptied: {}", feed.target(), e.getMessage());
        }
    }

    private static String some(List<String> all) {
        String first = all.stream().limit(SHOWN).collect(joining(", "));
        return all.size() > SHOWN ? first + " and others" : first;
    }

    private void warn(String subject, String text) {
        results.add(new CheckResult(subject, Verdict.WARNING, text));
    }

    private void checkQueue(@Nullable NotificationQueue queue, Feed feed) {
        if (queue != null) {
            check("feed " + feed.name() + ": queue " + queue, () -> {
                try (Notifications notifications = engine.notifications(queue, feed)) {
                    notifications.open();
                    return "about " + notifications.probe() + " messages wait";
                }
            });
        }
    }

    /**
     * Stops whoever is about to start feeds that cannot load as they are.
     *
     * @throws InvalidConfigurationException listing what is wrong with the settings or the feeds
     */
    void requireValid() {
        List<CaravanException> invalid = failures.stream()
                .filter(InvalidConfigurationException.class::isInstance)
                .toList();
        if (!invalid.isEmpty()) {
            throw new InvalidConfigurationException(invalid.get(0).code(), messages(invalid), invalid.get(0));
        }
    }

    /** Returns whether the warehouse has answered. */
    boolean hasReachedWarehouse() {
        return reached;
    }

    /** Returns whether nothing has failed. */
    boolean isWell() {
        return failures.isEmpty();
    }

    /** Returns what has failed, for people. */
    String failures() {
        return messages(failures);
    }

    /**
     * Stops whoever cannot wait.
     *
     * @throws RetryableException if something could not be reached
     */
    void requireReachable() {
        if (!failures.isEmpty()) {
            throw new RetryableException(failures.get(0).code(), messages(failures), failures.get(0));
        }
    }

    private static String messages(List<CaravanException> failures) {
        return failures.stream().map(CaravanException::getMessage).distinct().collect(joining("\n"));
    }

    private String columns(Feed feed) {
        Optional<TargetTable> found = tables.find(feed);
        if (found.isEmpty()) {
            return "does not exist yet; "
                    + (isThorough ? ddl(feed) : "is created with the first objects that hold a row");
        }
        TargetTable table = found.get();
        FeedTarget target = new FeedTarget(feed, table);
        target.columnPlan();
        List<Column> keys = target.keys();
        return table.columns().size() + " columns, matching keys "
                + keys.stream().map(Column::name).toList()
                + table.unloaded().stream()
                        .map(column -> "; objects cannot fill '" + column.name() + "', " + column.what())
                        .collect(joining());
    }

    private String ddl(Feed feed) {
        List<ObjectVersion> waiting = new ArrayList<>();
        engine.objects().list(feed.bucket(), feed.prefix(), waiting::add);
        return waiting.isEmpty() ? "there is no object yet to create it for" : tables.preview(feed, waiting);
    }

    private boolean check(String subject, Supplier<String> look) {
        try {
            results.add(new CheckResult(subject, Verdict.OK, look.get()));
            return true;
        } catch (CaravanException e) {
            fail(subject, e);
            return false;
        }
    }

    private void fail(String subject, CaravanException failure) {
        Verdict verdict = failure instanceof InvalidConfigurationException ? Verdict.INVALID : Verdict.FAILED;
        results.add(new CheckResult(subject, verdict, failure.getMessage()));
        failures.add(failure);
    }
}
