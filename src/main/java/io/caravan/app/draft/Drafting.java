package io.caravan.app.draft;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.detect.Detection;
import io.caravan.csv.detect.Detector;
import io.caravan.csv.detect.Sample;
import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.NewTable;
import io.caravan.route.parameter.FeedParameters;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.Warehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Drafts a feed for objects, and tries it on the samples that it was drafted from. */
public final class Drafting {

    private static final long MOST_RECORDS = 100_000;

    /** Parameters that say how values of a type are written. */
    private static final Set<String> OF_TYPES = Set.of("formats", "nullString", "nullQuoted");

    private final ObjectReader reader;
    private final Warehouse warehouse;

    /**
     * Reads nothing yet.
     *
     * @param warehouse is not asked for anything but the text of statements
     */
    public Drafting(ObjectReader reader, Warehouse warehouse) {
        this.reader = reader;
        this.warehouse = warehouse;
    }

    /**
     * Drafts a feed.
     *
     * @param place where the objects are
     * @param all the objects
     * @throws CaravanException if none of them can be read, or is CSV
     */
    public FeedDraft draft(DraftRequest request, SourcePlace place, List<ObjectVersion> all) {
        KeyFindings keys = KeyFindings.of(place, all, reader);
        ObjectSamples samples = ObjectSamples.read(keys.objects(), reader);
        if (samples.samples().isEmpty()) {
            throw samples.refused()
                    .orElseGet(() -> new InvalidConfigurationException(
                            ErrorCode.FEED_INVALID,
                            "There is no object that holds anything under " + request.source()));
        }
        Detection detection = detect(request, samples);
        String name = request.table() == null
                ? FeedNames.of(place.bucket(), place.prefix())
                : FeedNames.name(request.table().replaceAll(".*\\.", ""));
        Map<String, String> parameters = parameters(request, place, name, keys, detection);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "objects",
                Integer.toString(keys.objects().size()),
                Confidence.SURE,
                samples.samples().size() + " of them were read" + (samples.isCompressed() ? ", compressed" : "")));
        findings.addAll(keys.findings());
        findings.addAll(detection.findings());
        // Who gives formats has chosen.
        boolean isChosen = request.isText() || request.parameters().containsKey("formats");
        return tried(
                new FeedDraft(
                        name,
                        request.source(),
                        parameters,
                        findings,
                        isChosen ? List.of() : detection.choices(),
                        null,
                        null,
                        null),
                samples);
    }

    private static Detection detect(DraftRequest request, ObjectSamples samples) {
        try {
            return Detector.detect(samples.samples());
        } catch (RejectedObjectException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "No feed can be made for " + request.source() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> parameters(
            DraftRequest request, SourcePlace place, String name, KeyFindings found, Detection detection) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("bucket", place.bucket());
        parameters.put("prefix", place.prefix());
        String table = request.table() == null ? name : request.table();
        parameters.put("table", table.contains(".") ? table : "public." + table);
        parameters.putAll(found.parameters());
        // What the objects hold themselves is not taken from their keys.
        if (Stream.of(parameters.getOrDefault("keyColumns", "").split(", ", -1))
                .anyMatch(column -> detection.columns().contains(ColumnNames.fold(column)))) {
            parameters.remove("keyColumns");
        }
        String keys = request.keys() == null ? String.join(",", detection.keys()) : request.keys();
        if (keys.isBlank()) {
            parameters.put("mode", "append");
        } else {
            parameters.put("keys", keys);
            if (detection.holdsChanges()) {
                parameters.put("mode", "changes");
            }
        }
        parameters.put("createTable", request.isText() ? "text" : "true");
        parameters.putAll(detection.parameters());
        if (request.isText()) {
            // What is text already has no format, and no word stands for NULL that may be a text.
            parameters.keySet().removeAll(OF_TYPES);
        }
        parameters.putAll(request.parameters());
        return parameters;
    }

    private FeedDraft tried(FeedDraft draft, ObjectSamples samples) {
        try {
            Feed feed = new FeedParameters(draft.name(), draft.parameters()).feed();
            Optional<NewTable> table = new TargetTables(reader, warehouse).draft(feed, samples.objects());
            if (table.isEmpty()) {
                return draft.with("no object that was read holds a row to make a table of");
            }
            Trial trial = trial(
                    samples.samples(), feed, new FeedTarget(feed, table.get().shape()));
            if (trial.problem() != null && trial.good() * 2 < trial.records()) {
                // What loads of such objects is as likely wrong as right.
                return draft.with(
                        trial.good() == 0
                                ? trial.problem()
                                : "less than half of the records would load; " + trial.text());
            }
            return draft.with(warehouse.ddl(table.get()), trial);
        } catch (CaravanException e) {
            return draft.with(e.getMessage());
        }
    }

    /** The rows shown are those of the first sample; the counts are of all. */
    private static Trial trial(List<Sample> samples, Feed feed, FeedTarget target) {
        Trial all = Trial.NONE;
        for (Sample sample : samples) {
            all = all.plus(Trial.of(sample, feed.csv(), target, MOST_RECORDS));
        }
        return all;
    }
}
