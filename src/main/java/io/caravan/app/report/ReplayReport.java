package io.caravan.app.report;

import io.caravan.app.text.FigureText;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.replay.LeftOpen;
import io.caravan.load.replay.Replays;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a replay did.
 *
 * @param feed name of the feed
 * @param planned what the loads would do; null if they did it
 * @param loads what its loads did
 * @param rearmed objects that were rejected as a whole, and load again with the next pass
 * @param leftOpen how many dead letters stay open as they were, and why
 */
public record ReplayReport(
        String feed,
        @Nullable FeedPreview planned,
        LoadReport loads,
        List<ObjectVersion> rearmed,
        Map<LeftOpen, Long> leftOpen) {

    public ReplayReport {
        rearmed = List.copyOf(rearmed);
        leftOpen = Map.copyOf(leftOpen);
    }

    public static ReplayReport of(String feed, LoadReport loads, Replays replays) {
        return new ReplayReport(feed, null, loads, replays.rearmed(), replays.leftOpen());
    }

    /** Says what replays would do. */
    public static ReplayReport dryRun(FeedPreview planned, Replays replays) {
        return new ReplayReport(
                planned.feed(), planned, new LoadReport(List.of(), List.of()), replays.rearmed(), replays.leftOpen());
    }

    /** Returns whether there was no dead letter to do anything about. */
    public boolean isEmpty() {
        return (planned == null || (planned.loads().isEmpty() && planned.failure() == null))
                && loads.loads().isEmpty()
                && loads.failures().isEmpty()
                && rearmed.isEmpty()
                && leftOpen.isEmpty();
    }

    /** Returns how many dead letters went through their feed again, and how many objects load again as a whole. */
    public long replayed() {
        return loads.loads().stream().mapToLong(load -> load.counts().read()).sum() + rearmed.size();
    }

    /** Returns a line for each object. */
    public List<LoadTable.Line> lines() {
        List<LoadTable.Line> lines = new ArrayList<>(loads.lines());
        rearmed.forEach(
                object -> lines.add(new LoadTable.Line(feed, object.uri(), Outcome.REARMED.text(), LoadCounts.NONE)));
        return lines;
    }

    /** Returns a line for each object that is rearmed, or would be. */
    private List<String> rearmedNotes() {
        return planned == null
                ? List.of()
                : rearmed.stream()
                        .map(object ->
                                object.uri() + " was rejected as a whole: all of it would load with the next pass")
                        .toList();
    }

    /** Returns what people should know besides: what failed, and what stays open. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(rearmedNotes());
        loads.failures().forEach(failure -> notes.add(failure.message()));
        refused()
                .forEach(entry -> notes.add("the dead letters of "
                        + entry.object().uri() + " stay open: " + entry.errorCode() + ": " + entry.error()));
        for (LeftOpen reason : LeftOpen.values()) {
            if (leftOpen.containsKey(reason)) {
                notes.add(FigureText.number(leftOpen.get(reason)) + " dead letters stay open: " + reason.reason());
            }
        }
        return notes;
    }

    public int exitCode() {
        boolean allDone = leftOpen.isEmpty() && refused().findAny().isEmpty();
        return loads.exitCode() == ExitCode.DONE && !allDone ? ExitCode.REJECTED : loads.exitCode();
    }

    /** Returns the objects of which nothing could be replayed, because they fit the feed no more. */
    private Stream<LedgerEntry> refused() {
        return loads.loads().stream().flatMap(load -> load.objects().stream()).filter(entry -> entry.error() != null);
    }
}
