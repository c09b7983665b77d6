package io.caravan.load.replay;

import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.record.RecordText;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** People's corrections, by the objects of the records. */
final class Corrections {

    /** More of them do not help. */
    private static final int MAX_PROBLEMS_TOLD = 20;

    /** What one load has rejected of one object version. */
    private record Part(String load, String key, String etag) {}

    private final List<Correction> corrections;
    private final Map<Part, Map<Long, Correction>> parts = new HashMap<>();

    /**
     * Takes corrections.
     *
     * @param corrections at most one for each dead letter
     */
    Corrections(List<Correction> corrections) {
        this.corrections = List.copyOf(corrections);
        for (Correction correction : corrections) {
            Part part = new Part(correction.load(), correction.key(), correction.etag());
            if (parts.computeIfAbsent(part, p -> new TreeMap<>()).put(correction.line(), correction) != null) {
                throw new IllegalArgumentException(correction.subject() + " is corrected twice");
            }
        }
    }

    /** Returns a filter that selects all corrected dead letters of a feed, and as few others as possible. */
    DeadLetterFilter filter(FeedEntries entries) {
        return new DeadLetterFilter(entries, common(Correction::load), common(Correction::key), null, null, null, null)
                .open();
    }

    private @Nullable String common(Function<Correction, String> property) {
        List<String> values =
                corrections.stream().map(property).distinct().limit(2).toList();
        return values.size() == 1 ? values.get(0) : null;
    }

    /** Returns the corrections of an object, by line; empty if there are none. */
    Map<Long, Correction> of(DeadLetterGroup group) {
        return parts.getOrDefault(
                new Part(group.load(), group.object().key(), group.object().etag()), Map.of());
    }

    /**
     * Requires that every corrected text is one record.
     *
     * @throws InvalidConfigurationException naming each that is not
     */
    void requireRecords(Feed feed) {
        List<String> problems = new ArrayList<>();
        for (Correction correction : corrections) {
            RecordText.flaw(correction.text(), feed.csv())
                    .ifPresent(flaw -> problems.add(
                            "what stands for " + correction.subject() + " " + problem(flaw) + ", or take it out"));
        }
        requireNone(problems);
    }

    private static String problem(RecordText.Flaw flaw) {
        return switch (flaw) {
            case CUT -> "ends with the mark of a record that was cut; put what is missing in its place";
            case BYTES -> "holds bytes that are not text, shown as \\xHH; put characters in their place";
            case MALFORMED -> "is not exactly one record by the feed's CSV parameters; make it one";
        };
    }

    /**
     * Requires that the dead letters exist, and are open.
     *
     * @param kept the records that {@link #filter} selects
     * @throws InvalidConfigurationException naming each that does not exist or is not open
     */
    void requireOpen(Feed feed, ReplayedRecords kept, int objectsPerPage) {
        Map<Part, Map<Long, Correction>> left = new HashMap<>();
        parts.forEach((part, lines) -> left.put(part, new TreeMap<>(lines)));
        List<String> problems = new ArrayList<>();
        for (List<DeadLetterGroup> page = kept.next(objectsPerPage);
                !page.isEmpty();
                page = kept.next(objectsPerPage)) {
            for (DeadLetterGroup group : page) {
                Map<Long, Correction> lines = left.get(new Part(
                        group.load(), group.object().key(), group.object().etag()));
                if (lines == null) {
                    continue;
                }
                boolean isRejected = group.outcome() == Outcome.REJECTED;
                for (Iterator<ReplayedRecord> read = kept.open(group); read.hasNext(); ) {
                    Correction found = lines.remove(read.next().line());
                    if (found != null && isRejected) {
                        problems.add(found.subject() + ": the object was rejected as a whole, and none of its rows was"
                                + " loaded; put a corrected object under its key");
                    }
                }
            }
        }
        left.values().forEach(lines -> lines.values()
                .forEach(correction -> problems.add(
                        correction.subject() + ": there is no such open dead letter of feed " + feed.name())));
        requireNone(problems);
    }

    private static void requireNone(List<String> problems) {
        if (problems.isEmpty()) {
            return;
        }
        int more = problems.size() - MAX_PROBLEMS_TOLD;
        throw new InvalidConfigurationException(
                ErrorCode.CORRECTION_INVALID,
                "nothing was replayed:\n"
                        + problems.stream()
                                .limit(MAX_PROBLEMS_TOLD)
                                .map(problem -> "  " + problem)
                                .collect(joining("\n"))
                        + (more > 0 ? "\n  and " + more + " more" : ""));
    }
}
