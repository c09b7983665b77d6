package io.caravan.app.check;

import static java.util.stream.Collectors.joining;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.CheckResult.Verdict;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LostRows;
import io.caravan.load.staging.StagingTrial;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.MissingRight;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.spi.Notifications;
import io.caravan.spi.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what the feeds name is there. What it writes to try that, it takes away again. */
public final class Verification {

    /** How many of several things a message names. */
    private static final int SHOWN = 3;

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final Wiring wiring;
    private final TargetTables tables;
    private final boolean isThorough;
    private final List<CheckResult> results = new ArrayList<>();

    /** Failures of what all feeds need. */
    private final List<CaravanException> common = new ArrayList<>();

    /** Those of feeds, by their names. */
    private final Map<String, List<CaravanException>> ofFeeds = new LinkedHashMap<>();

    /**
     * Looks at what a wiring reaches.
     *
     * @param isThorough whether to look for missing rights, to stage a row by COPY, and to read objects of a feed whose table
     *     is still to be created, and show how it would be
     */
    public Verification(Wiring wiring, boolean isThorough) {
        this.wiring = wiring;
        this.tables = new TargetTables(wiring::objects, wiring.warehouse(), LoadListener.NONE);
        this.isThorough = isThorough;
    }

    /** Checks the warehouse, and each feed's bucket, table, keys and columns; throws nothing for what is wrong. */
    public List<CheckResult> check(List<FeedFile> feeds) {
        boolean reached = checkWarehouse();
        for (FeedFile file : feeds) {
            Feed feed = file.feed();
            checkFeed(feed, "bucket " + feed.bucket(), () -> {
                ObjectStore store = wiring.objects(feed);
                feed.prefixes().forEach(prefix -> store.probe(feed.bucket(), prefix));
                String access = feed.access().text();
                return "can be listed" + (access.isEmpty() ? "" : ", " + access);
            });
            feed.prefixes().forEach(prefix -> warnOfOthersBehind(feed, prefix));
            checkQueue(file.queue(), feed);
            if (reached) {
                checkTable(feed);
            }
        }
        if (reached && isThorough) {
            checkRights(feeds.stream().map(FeedFile::feed).toList());
            wiring.stagingTrial().ifPresent(this::checkStaging);
        }
        return results;
    }

    /** Returns what is no failure, but is to be said. */
    public List<CheckResult> warnings() {
        return results.stream()
                .filter(result -> result.verdict() == Verdict.WARNING)
                .toList();
    }

    /** Checks the warehouse alone; returns whether it can be reached. */
    public boolean checkWarehouse() {
        return check("warehouse", common, () -> {
            wiring.warehouse().probe();
            return "connected";
        });
    }

    private void checkTable(Feed feed) {
        FeedBucket bucket = new FeedBucket(wiring.objects(feed), feed);
        AtomicReference<TargetTable> table = new AtomicReference<>();
        boolean isGood = checkFeed(feed, "table " + feed.target(), () -> {
            Optional<TargetTable> found = tables.find(feed);
            found.ifPresent(table::set);
            return columns(feed, bucket, found);
        });
        if (isGood && isThorough) {
            warnOfLostRows(feed);
            new NewestObject(wiring.objects(feed), tables)
                    .look(feed, bucket, Optional.ofNullable(table.get()))
                    .ifPresent(results::add);
        }
    }

    private void checkRights(List<Feed> feeds) {
        List<MissingRight> missing = new ArrayList<>();
        boolean isKnown = check("rights", common, () -> {
            missing.addAll(wiring.findMissingRights(feeds));
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
        failed.forEach(failure -> fail("staging", common, failure));
        if (failed.isEmpty()) {
            results.add(new CheckResult("staging", Verdict.OK, "a file was written, copied by the role, and deleted"));
        }
    }

    /** What the prefix was meant for is a folder, and there are more of which it is the beginning. */
    private void warnOfOthersBehind(Feed feed, String prefix) {
        if (prefix.isEmpty() || prefix.endsWith("/")) {
            return;
        }
        List<String> folders;
        try {
            folders = wiring.objects(feed).folders(feed.bucket(), prefix);
        } catch (CaravanException e) {
            // That the bucket cannot be listed is said already.
            return;
        }
        List<String> others = folders.stream()
                .filter(folder -> !folder.equals(prefix + "/"))
                .filter(folder -> feed.objects().wanted().mayWantBehind(feed.part(folder)))
                .toList();
        if (folders.size() > others.size() && !others.isEmpty()) {
            warn(
                    "feed " + feed.name() + ": prefix " + prefix,
                    "also takes the objects of " + some(others) + "; let it end in a slash, '" + prefix + "/'");
        }
    }

    private void warnOfLostRows(Feed feed) {
        try {
            long lost = wiring.warehouse().countLost(feed.target());
            if (lost > 0) {
                warn("feed " + feed.name(), LostRows.text(feed, lost));
            }
        } catch (CaravanException e) {
            if (e.code() == ErrorCode.LEDGER_TOO_NEW) {
                fail("feed " + feed.name() + ": ledger", failuresOf(feed), e);
            }
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
            checkFeed(feed, "queue " + queue, () -> {
                try (Notifications notifications = wiring.notifications(queue, feed)) {
                    notifications.open();
                    return "about " + notifications.probe() + " messages wait";
                }
            });
        }
    }

    /** Returns what is wrong with the feeds, and stays so until somebody does something. */
    public List<RouteProblem> problems(List<FeedFile> feeds) {
        return feeds.stream()
                .flatMap(file -> failures(file.feed()).stream()
                        .filter(InvalidConfigurationException.class::isInstance)
                        .limit(1)
                        .map(failure -> RouteProblem.ofFeed(
                                file.file(), file.feed().name(), failure.code(), failure.getMessage())))
                .toList();
    }

    /** Returns why a feed cannot load; empty if it can. */
    public Optional<CaravanException> failure(Feed feed) {
        return failures(feed).stream().findFirst();
    }

    private List<CaravanException> failures(Feed feed) {
        return ofFeeds.getOrDefault(feed.name(), List.of());
    }

    /** Returns what cannot be reached now, of whomever, for people; empty if nothing is away. */
    String away() {
        return away(Stream.concat(common.stream(), ofFeeds().stream()));
    }

    /** Returns what cannot be reached now of what all feeds need, for people; empty if nothing of it is away. */
    String awayOfAll() {
        return away(common.stream());
    }

    private static String away(Stream<CaravanException> failures) {
        return messages(failures.filter(RetryableException.class::isInstance).toList());
    }

    /** Returns what is wrong with what all feeds need, for people; empty if nothing is. */
    public String trouble() {
        return messages(common);
    }

    /**
     * Stops whoever is about to start something that needs the warehouse, and can wait for it.
     *
     * @throws InvalidConfigurationException if nothing helps but another setting
     */
    public void requireValidSettings() {
        require(common, InvalidConfigurationException.class);
    }

    /**
     * Stops whoever needs the warehouse now.
     *
     * @throws CaravanException if it could not be reached
     */
    public void requireWarehouse() {
        require(common, CaravanException.class);
    }

    /**
     * Stops whoever needs all that was looked at, and can wait for none of it, though somebody may mend what is wrong.
     *
     * @throws CaravanException if the warehouse or something of a feed could not be reached
     */
    public void requireReachable() {
        requireWarehouse();
        require(ofFeeds(), RetryableException.class);
    }

    /**
     * Stops whoever needs all that was looked at.
     *
     * @throws CaravanException if something is wrong, or could not be reached
     */
    public void requireGood() {
        requireWarehouse();
        require(ofFeeds(), InvalidConfigurationException.class);
        require(ofFeeds(), RetryableException.class);
    }

    private List<CaravanException> ofFeeds() {
        return ofFeeds.values().stream().flatMap(List::stream).toList();
    }

    private static void require(List<CaravanException> failures, Class<? extends CaravanException> kind) {
        List<CaravanException> found =
                failures.stream().filter(kind::isInstance).toList();
        if (found.isEmpty()) {
            return;
        }
        CaravanException first = found.get(0);
        if (first instanceof InvalidConfigurationException) {
            throw new InvalidConfigurationException(first.code(), messages(found), first);
        }
        throw new RetryableException(first.code(), messages(found), first);
    }

    private static String messages(List<CaravanException> failures) {
        return failures.stream().map(CaravanException::getMessage).distinct().collect(joining("\n"));
    }

    private String columns(Feed feed, FeedBucket bucket, Optional<TargetTable> found) {
        if (found.isEmpty()) {
            return "does not exist yet; "
                    + (isThorough ? ddl(feed, bucket.all()) : "is created with the first objects that hold a row");
        }
        TargetTable table = found.get();
        FeedTarget target = new FeedTarget(feed, table);
        target.columnPlan();
        List<Column> keys = target.keys();
        return table.columns().size() + " columns, matching keys "
                + keys.stream().map(Column::name).toList()
                + table.unloaded().stream()
                        .map(column -> "; objects cannot fill '" + column.name() + "', " + column.what())
                        .collect(joining())
                + table.columns().stream()
                        .flatMap(column -> differingType(feed, column).stream())
                        .collect(joining());
    }

    private static Optional<String> differingType(Feed feed, Column column) {
        return feed.columns()
                .shape()
                .type(column.name())
                .filter(type -> type.kind() != column.type().kind())
                .map(type -> "; '" + column.name() + "' is " + column.type().sql() + ", and " + type.sql()
                        + " by the catalog");
    }

    private String ddl(Feed feed, List<ObjectVersion> waiting) {
        return waiting.isEmpty() ? "there is no object yet to create it for" : tables.preview(feed, waiting);
    }

    private boolean checkFeed(Feed feed, String what, Supplier<String> look) {
        return check("feed " + feed.name() + ": " + what, failuresOf(feed), look);
    }

    private List<CaravanException> failuresOf(Feed feed) {
        return ofFeeds.computeIfAbsent(feed.name(), name -> new ArrayList<>());
    }

    private boolean check(String subject, List<CaravanException> failures, Supplier<String> look) {
        try {
            results.add(new CheckResult(subject, Verdict.OK, look.get()));
            return true;
        } catch (CaravanException e) {
            fail(subject, failures, e);
            return false;
        }
    }

    private void fail(String subject, List<CaravanException> failures, CaravanException failure) {
        Verdict verdict = failure instanceof InvalidConfigurationException ? Verdict.INVALID : Verdict.FAILED;
        results.add(new CheckResult(subject, verdict, failure.getMessage()));
        failures.add(failure);
    }
}
