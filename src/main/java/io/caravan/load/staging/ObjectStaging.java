package io.caravan.load.staging;

import io.caravan.load.target.FeedTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.table.Column;
import io.caravan.spi.StagingSession;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Stages objects as a whole, without reading their rows here. Used by one load. */
public interface ObjectStaging {

    /** Every object is read here. */
    ObjectStaging NONE = new ObjectStaging() {
        @Override
        public boolean isUsed() {
            return false;
        }

        @Override
        public Optional<Staged> stage(
                int number,
                ObjectVersion object,
                FeedTarget target,
                Predicate<List<Column>> fits,
                Supplier<StagingSession> session) {
            return Optional.empty();
        }

        @Override
        public void tell() {}
    };

    /**
     * An object that is staged.
     *
     * @param versionId the store's version id of what was staged
     * @param header the record that names the object's columns, as {@link io.caravan.model.ledger.LedgerEntry} has it
     * @param rows how many rows it has
     */
    record Staged(Optional<String> versionId, String header, long rows) {}

    /** Returns whether any object may be staged so. */
    boolean isUsed();

    /**
     * Stages an object, if that gives the same result as reading it here.
     *
     * @param number of the object in the load
     * @param target the target that the rows must fit
     * @param fits whether the load takes rows of these columns
     * @param session opens the session, once it is needed
     * @return empty if nothing is staged, and the object is to be read here
     */
    Optional<Staged> stage(
            int number,
            ObjectVersion object,
            FeedTarget target,
            Predicate<List<Column>> fits,
            Supplier<StagingSession> session);

    /** Logs the number of objects that were staged so, and the reasons for the others. */
    void tell();
}
