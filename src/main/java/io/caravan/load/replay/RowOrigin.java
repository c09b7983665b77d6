package io.caravan.load.replay;

import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.row.ParsedRow;
import io.caravan.spi.ObjectBody;
import java.util.Iterator;
import java.util.function.LongSupplier;

/** Where the rows of a load come from: from objects, or from the dead letters of objects. */
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

    /** Returns whether rows go into the target even where what they change was loaded later than their object. */
    boolean overwrites();

    /** Returns whether the dead letters are those of an object that was all there is. */
    boolean isOfSnapshot();

    /**
     * Returns rows at the places of their records in the object.
     *
     * @param rows made of the records of the body
     * @param tally of the object; learns of each dead letter
     * @param skipped of how many records no row was made so far
     * @param tables where it is staged which dead letter each row is made of
     */
    Iterator<? extends ParsedRow> placed(
            Iterator<? extends ParsedRow> rows,
            ObjectBody body,
            ObjectTally tally,
            LongSupplier skipped,
            StagingTables tables);
}
