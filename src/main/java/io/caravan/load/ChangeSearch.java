package io.caravan.load;

import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.Snapshots;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.TargetChanges;
import io.caravan.spi.TargetSession;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the changes that the staged rows of a load would make to its target. */
final class ChangeSearch {

    private final Snapshots snapshots;
    private final RowMemory memory;

    ChangeSearch(Snapshots snapshots, RowMemory memory) {
        this.snapshots = snapshots;
        this.memory = memory;
    }

    /**
     * Finds the changes. If unchanged rows are not staged, the staged rows alone do not show which rows a snapshot lacks.
     *
     * @param before the number of rows of the target
     */
    TargetChanges find(TargetSession session, long before, ObjectTallies tallies) {
        @Nullable Snapshot snapshot = snapshots.of(tallies, before, session::countWithoutKeys);
        Map<Integer, Long> staged = tallies.compared();
        Set<Integer> overtaken = tallies.overtaken();
        if (!memory.isUsed()) {
            return session.findChanges(before, staged, snapshot, overtaken);
        }
        TargetChanges changes = session.findChanges(before, staged, null, overtaken);
        if (snapshot == null || snapshot.stays() == Stays.EVERYTHING) {
            return changes;
        }
        long missing = memory.findMissing(session, snapshot.number());
        return changes.plus(snapshot.number(), new ChangeCounts(0, 0, 0, 0, missing));
    }
}
