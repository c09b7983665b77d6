package io.caravan.load.replay;

import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.row.ParsedRow;
import io.caravan.spi.ObjectBody;
import java.util.Iterator;
import java.util.function.LongSupplier;

/** The origin of a load's rows: objects, or the dead letters of objects. */
public interface RowOrigin {

    /** They come from objects. */
    RowOrigin OBJECTS = new RowOrigin() {
        @Override
        public boolean isReplay() {
            return false;
        }

        @Override
        public boolean overwrites() {
            return false;
        }

        @Override
        public boolean isOfSnapshot() {
            return false;
        }

        @Override
        public Iterator<? extends ParsedRow> placed(
                Iterator<? extends ParsedRow> rows,
                ObjectBody body,
                ObjectTally tally,
                LongSupplier skipped,
                StagingTables tables) {
            return rows;
        }
    };

    /** Returns whether they come from dead letters. */
    boolean isReplay();

    /** Returns whether rows go into the target even if the rows that they change were loaded later than their object. */
    boolean overwrites();

    /** Returns whether the dead letters are those of a snapshot. */
    boolean isOfSnapshot();

    /**
     * Returns rows at the places of their records in the object.
     *
     * @param rows made of the records of the body
     * @param tally the object's tally, which counts each dead letter
     * @param skipped the number of records so far of which no row was made
     * @param tables the staging tables, which get the dead letter of each row
     */
    Iterator<? extends ParsedRow> placed(
            Iterator<? extends ParsedRow> rows,
            ObjectBody body,
            ObjectTally tally,
            LongSupplier skipped,
            StagingTables tables);
}
