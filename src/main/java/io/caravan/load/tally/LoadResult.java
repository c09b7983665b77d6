package io.caravan.load.tally;

import io.caravan.base.CaravanException;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one try of a load.
 *
 * @param loadId null if no load began
 * @param done the objects that are dealt with; empty if it failed
 * @param unreadable the objects that could not be read, while others perhaps could
 * @param gone the objects that no longer existed, or had changed
 * @param failure the reason why nothing was committed; null if nothing failed
 * @param committed the load as the ledger now has it; null if there was nothing to commit
 */
public record LoadResult(
        @Nullable String loadId,
        List<ObjectVersion> done,
        List<FailedObject> unreadable,
        List<ObjectVersion> gone,
        @Nullable CaravanException failure,
        @Nullable LoadRecord committed) {

    public LoadResult {
        done = List.copyOf(done);
        unreadable = List.copyOf(unreadable);
        gone = List.copyOf(gone);
    }

    /** Returns the result of a try that found all its objects dealt with. */
    public static LoadResult done(List<ObjectVersion> objects) {
        return new LoadResult(null, objects, List.of(), List.of(), null, null);
    }

    /** Returns the result of a try in which no load began. */
    public static LoadResult failed(CaravanException failure) {
        return new LoadResult(null, List.of(), List.of(), List.of(), failure, null);
    }

    /** Returns the objects that need no other load now: they are dealt with, gone, or cannot be read. */
    public Set<ObjectVersion> settled() {
        Set<ObjectVersion> settled = new HashSet<>(done);
        settled.addAll(gone);
        unreadable.forEach(failed -> settled.add(failed.object()));
        return settled;
    }

    /**
     * Returns the result of a load of deliveries, in terms of the objects that represent them: each is dealt with or not.
     */
    public LoadResult ofDeliveries(List<Delivery> deliveries) {
        Set<ObjectVersion> allDone = Set.copyOf(done);
        List<ObjectVersion> doneDeliveries = new ArrayList<>();
        List<ObjectVersion> goneDeliveries = new ArrayList<>();
        List<FailedObject> failedDeliveries = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            ObjectVersion whole = delivery.asObject();
            Set<ObjectVersion> objects = Set.copyOf(delivery.objects());
            if (gone.stream().anyMatch(objects::contains)) {
                goneDeliveries.add(whole);
            } else if (objects.stream().anyMatch(allDone::contains)) {
                doneDeliveries.add(whole);
            }
            unreadable.stream()
                    .filter(failed -> objects.contains(failed.object()))
                    .findFirst()
                    .ifPresent(failed -> failedDeliveries.add(new FailedObject(whole, failed.reason())));
        }
        return new LoadResult(loadId, doneDeliveries, failedDeliveries, goneDeliveries, failure, committed);
    }
}
