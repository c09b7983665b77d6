package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.load.replay.RowOrigin;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The task of one load.
 *
 * @param id the load's id
 * @param feed the feed that loads
 * @param objects the objects that the load took, oldest first
 * @param apart those of them whose rows do not compete with the rows of the others for a key
 * @param overtaken those of them that newer ones have overtaken
 * @param origin where the rows come from
 * @param started when it began
 * @param deliveries the groups of objects that belong together
 */
record LoadTask(
        String id,
        Feed feed,
        List<ObjectVersion> objects,
        Set<ObjectVersion> apart,
        Set<ObjectVersion> overtaken,
        RowOrigin origin,
        Instant started,
        Deliveries deliveries) {

    LoadTask {
        objects = List.copyOf(objects);
        apart = Set.copyOf(apart);
        overtaken = Set.copyOf(overtaken);
    }

    /** A load of objects that each stand alone. */
    LoadTask(
            String id,
            Feed feed,
            List<ObjectVersion> objects,
            Set<ObjectVersion> apart,
            Set<ObjectVersion> overtaken,
            RowOrigin origin,
            Instant started) {
        this(id, feed, objects, apart, overtaken, origin, started, Deliveries.NONE);
    }

    /** Returns whether the objects of a delivery are one snapshot. */
    boolean isOfWholeDeliveries() {
        return !deliveries.areNone() && feed.merge().takesMissing();
    }

    /** Returns the objects in the order in which to open them. */
    List<ObjectVersion> inOrder() {
        if (!feed.merge().mode().isSnapshot()) {
            return objects;
        }
        List<List<ObjectVersion>> snapshots = new ArrayList<>();
        if (deliveries.areNone()) {
            objects.forEach(object -> snapshots.add(List.of(object)));
        } else {
            Set<ObjectVersion> taken = Set.copyOf(objects);
            deliveries
                    .all()
                    .forEach(delivery -> snapshots.add(
                            delivery.objects().stream().filter(taken::contains).toList()));
        }
        Collections.reverse(snapshots);
        return snapshots.stream().flatMap(List::stream).toList();
    }

    /** Returns whether every object is probably opened, in the order in which the load took them; dead letters are not. */
    boolean opensAll() {
        Mode mode = feed.merge().mode();
        return !origin.isReplay() && objects.size() > 1 && !mode.isSnapshot() && !mode.keepsVersions();
    }

    /** Returns the load's entry in the run history if it succeeds. */
    LoadRecord ended(Instant ended, List<LedgerEntry> entries, PhaseTimes times) {
        return new LoadRecord(
                id, feed.name(), feed.target(), started, ended, outcome(entries), entries, times, null, null);
    }

    private Outcome outcome(List<LedgerEntry> entries) {
        if (origin.isReplay()) {
            return Outcome.REPLAYED;
        }
        return entries.stream().allMatch(entry -> entry.outcome() == Outcome.REJECTED)
                ? Outcome.REJECTED
                : Outcome.LOADED;
    }

    /** Returns the load's entry in the run history if it fails. */
    LoadRecord failed(Instant ended, CaravanException reason) {
        return LoadRecord.failed(id, feed.name(), feed.target(), started, ended, List.of(), reason);
    }

    boolean isApart(ObjectVersion object) {
        return apart.contains(object);
    }

    boolean isOvertaken(ObjectVersion object) {
        return overtaken.contains(object);
    }

    /** Returns whether rows are staged with their records. */
    boolean keepsRaw() {
        return feed.merge().keepsSuperseded() || !overtaken.isEmpty();
    }
}
