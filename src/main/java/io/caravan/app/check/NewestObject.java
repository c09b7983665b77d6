package io.caravan.app.check;

import io.caravan.app.draft.Trial;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.CheckResult.Verdict;
import io.caravan.base.CaravanException;
import io.caravan.csv.detect.Detector;
import io.caravan.csv.detect.Sample;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TargetTable;
import io.caravan.route.parameter.FeedParameters;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the beginning of a feed's newest object through the feed: whether its parameters fit what is there. */
final class NewestObject {

    private static final int RECORDS = 1_000;

    /** More than a thousand records of most tables, and less than anybody waits for. */
    private static final int BYTES = 4 * 1024 * 1024;

    /** What may be wrong with the way of reading; the rest is about columns. */
    private static final Set<String> OF_READING = Set.of(
            "charset",
            "delimiter",
            "quote",
            "escape",
            "skipLines",
            "skipAfterHeader",
            "skipLastLines",
            "comment",
            "nullString");

    private final ObjectStore objects;
    private final TargetTables tables;

    NewestObject(ObjectStore objects, TargetTables tables) {
        this.objects = objects;
        this.tables = tables;
    }

    /**
     * Looks at it.
     *
     * @param bucket with the feed's objects
     * @param table the feed's target; empty if there is none yet
     * @return what came of it; empty if there is no object, or what is wrong with it is said elsewhere
     */
    Optional<CheckResult> look(Feed feed, FeedBucket bucket, Optional<TargetTable> table) {
        try {
            return bucket.newest().flatMap(newest -> look(feed, table, newest));
        } catch (CaravanException e) {
            return Optional.empty();
        }
    }

    private Optional<CheckResult> look(Feed feed, Optional<TargetTable> table, ObjectVersion object) {
        Optional<TargetTable> shape =
                table.or(() -> tables.draft(feed, List.of(object)).map(NewTable::shape));
        Optional<Sample> sample = read(object);
        if (shape.isEmpty() || sample.isEmpty()) {
            return Optional.empty();
        }
        FeedTarget target = tables.target(feed, shape.get());
        Trial trial = Trial.of(sample.get(), feed.csv(), target, RECORDS);
        String text = object.uri() + ": " + trial.text();
        return Optional.of(new CheckResult(
                "feed " + feed.name() + ": newest object",
                trial.problem() == null ? Verdict.OK : Verdict.WARNING,
                trial.problem() == null ? text : text + better(feed, target, sample.get(), trial)));
    }

    private Optional<Sample> read(ObjectVersion object) {
        Optional<ObjectBody> opened = objects.open(object);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectBody body = opened.get()) {
            return Optional.of(Sample.read(object.uri(), body.content(), BYTES));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Says which other parameters would have more records load; nothing if none are known. */
    private static String better(Feed feed, FeedTarget target, Sample sample, Trial trial) {
        try {
            Map<String, String> found =
                    new LinkedHashMap<>(Detector.detect(List.of(sample)).parameters());
            found.keySet().retainAll(OF_READING);
            Trial other = Trial.of(sample, format(feed, found), target, RECORDS);
            if (found.isEmpty() || other.good() <= trial.good()) {
                return "";
            }
            return "; with "
                    + found.entrySet().stream()
                            .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
                            .collect(Collectors.joining(", "))
                    + " it would be " + other.text();
        } catch (CaravanException e) {
            return "";
        }
    }

    private static CsvFormat format(Feed feed, Map<String, String> found) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "bucket",
                feed.bucket(),
                "table",
                feed.target().toString(),
                "mode",
                "append",
                "header",
                Boolean.toString(feed.csv().header())));
        parameters.putAll(found);
        return new FeedParameters(feed.name(), parameters).feed().csv();
    }
}
