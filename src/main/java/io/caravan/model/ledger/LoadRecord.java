package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.ObjectAction;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One load, as the run history keeps it and as people are told of it.
 *
 * @param id unique, and in the order of the loads' starts
 * @param feed name of the feed
 * @param target the table
 * @param started when the load took its objects
 * @param ended when its outcome was known
 * @param outcome loaded, or failed
 * @param objects what it says of each object it dealt with; empty if it failed
 * @param times where the time went
 * @param errorCode why it failed; null if it did not
 * @param error the same for people; null if it did not fail
 * @param deadLetters how many dead letters it has left
 */
public record LoadRecord(
        String id,
        String feed,
        TableName target,
        Instant started,
        Instant ended,
        Outcome outcome,
        List<LedgerEntry> objects,
        PhaseTimes times,
        @Nullable ErrorCode errorCode,
        @Nullable String error,
        long deadLetters) {

    public LoadRecord {
        requireNonNull(id, "id");
        requireNonNull(feed, "feed");
        requireNonNull(target, "target");
        requireNonNull(started, "started");
        requireNonNull(ended, "ended");
        requireNonNull(outcome, "outcome");
        requireNonNull(times, "times");
        objects = List.copyOf(objects);
    }

    /** Says of a load that it has left no dead letters, or that they are not written yet. */
    public LoadRecord(
            String id,
            String feed,
            TableName target,
            Instant started,
            Instant ended,
            Outcome outcome,
            List<LedgerEntry> objects,
            PhaseTimes times,
            @Nullable ErrorCode errorCode,
            @Nullable String error) {
        this(id, feed, target, started, ended, outcome, objects, times, errorCode, error, 0);
    }

    /**
     * Says of a load that it failed, or of objects that they did.
     *
     * @param objects what it says of each of these; empty if it says nothing of any
     */
    public static LoadRecord failed(
            String id,
            String feed,
            TableName target,
            Instant started,
            Instant ended,
            List<LedgerEntry> objects,
            CaravanException reason) {
        return new LoadRecord(
                id,
                feed,
                target,
                started,
                ended,
                Outcome.FAILED,
                objects,
                PhaseTimes.NONE,
                reason.code(),
                reason.getMessage());
    }

    /** Returns the same load with so many dead letters. */
    public LoadRecord withDeadLetters(long written) {
        return new LoadRecord(id, feed, target, started, ended, outcome, objects, times, errorCode, error, written);
    }

    /** Returns the counts of all objects together. */
    public LoadCounts counts() {
        return objects.stream().map(LedgerEntry::counts).reduce(LoadCounts.NONE, LoadCounts::plus);
    }

    /** Returns how many values of all objects together were repaired. */
    public long repaired() {
        return objects.stream().mapToLong(LedgerEntry::repaired).sum();
    }

    /** Returns whether something is to be done in the store with any of the objects. */
    public boolean hasToTidy(AfterLoad afterLoad) {
        return !afterLoad.isNothing()
                && objects.stream()
                        .anyMatch(entry -> !entry.outcome().action(afterLoad).equals(ObjectAction.KEEP));
    }

    /** Returns whether any row or object was rejected. */
    public boolean hasRejected() {
        return objects.stream()
                .anyMatch(entry ->
                        entry.outcome() == Outcome.REJECTED || entry.counts().rejected() > 0);
    }
}
