package io.caravan.load.tally;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one try of a load came to.
 *
 * @param loadId null if no load began
 * @param done the objects that are dealt with; empty if it failed
 * @param unreadable the objects that could not be read, while others perhaps could
 * @param gone the objects that were not there, or not the same, any more
 * @param failure why nothing was committed; null if all went well
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
}
