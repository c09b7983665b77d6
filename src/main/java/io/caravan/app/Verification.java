package io.caravan.app;

import static java.util.stream.Collectors.joining;

import io.caravan.app.CheckResult.Verdict;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.load.FeedTarget;
import io.caravan.model.Column;
import io.caravan.model.Feed;
import io.caravan.model.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks whether what the feeds name is there. Writes nothing. */
final class Verification {

    private final Engine engine;
    private final List<CheckResult> results = new ArrayList<>();
    private final List<CaravanException> failures = new ArrayList<>();

    Verification(Engine engine) {
        this.engine = engine;
    }

    /** Checks the warehouse, and each feed's bucket, table, keys and columns; throws nothing for what is wrong. */
    List<CheckResult> check(List<FeedFile> feeds) {
        boolean reached = check("warehouse", () -> {
            engine.warehouse().probe();
            return "connected";
        });
        for (FeedFile file : feeds) {
            Feed feed = file.feed();
            check("feed " + feed.name() + ": bucket " + feed.bucket(), () -> {
                engine.objects().probe(feed.bucket(), feed.prefix());
                return "can be listed";
            });
            if (reached) {
                check("feed " + feed.name() + ": table " + feed.target(), () -> columns(feed));
            }
        }
        return results;
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
        TargetTable table = engine.warehouse().describe(feed.target());
        FeedTarget target = new FeedTarget(feed, table);
        ColumnPlan.of(feed, target.loadable());
        List<Column> keys = target.keys();
        return table.columns().size() + " columns, matching keys "
                + keys.stream().map(Column::name).toList();
    }

    private boolean check(String subject, Supplier<String> look) {
        try {
            results.add(new CheckResult(subject, Verdict.OK, look.get()));
            return true;
        } catch (CaravanException e) {
            Verdict verdict = e instanceof InvalidConfigurationException ? Verdict.INVALID : Verdict.FAILED;
            results.add(new CheckResult(subject, verdict, e.getMessage()));
            failures.add(e);
            return false;
        }
    }
}
