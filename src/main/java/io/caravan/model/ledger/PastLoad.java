package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A load that is over, as the run history has it, without its objects.
 *
 * @param id as {@link LoadRecord} has it
 * @param feed name of the feed
 * @param target the table, as {@code schema.table}
 * @param started when the load took its objects
 * @param ended when its outcome was known
 * @param outcome loaded or failed; what people have said of objects is an entry too
 * @param objects how many objects it dealt with; 0 if it failed
 * @param counts of all its objects together
 * @param times where the time went
 * @param hasRejected whether a row or an object was rejected
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}: why it failed; null if it did not
 * @param error the same for people; null if it did not fail
 */
public record PastLoad(
        String id,
        String feed,
        String target,
        Instant started,
        Instant ended,
        Outcome outcome,
        long objects,
        LoadCounts counts,
        PhaseTimes times,
        boolean hasRejected,
        @Nullable String errorCode,
        @Nullable String error) {

    public PastLoad {
        requireNonNull(id, "id");
        requireNonNull(feed, "feed");
        requireNonNull(target, "target");
        requireNonNull(started, "started");
        requireNonNull(ended, "ended");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
        requireNonNull(times, "times");
    }

    /** Returns what the run history has of a load. */
    public static PastLoad of(LoadRecord load) {
        return new PastLoad(
                load.id(),
                load.feed(),
                load.target().toString(),
                load.started(),
                load.ended(),
                load.outcome(),
                load.objects().size(),
                load.counts(),
                load.times(),
                load.hasRejected(),
                load.errorCode() == null ? null : load.errorCode().name(),
                load.error());
    }
}
