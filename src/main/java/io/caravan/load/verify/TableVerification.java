package io.caravan.load.verify;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.TableDifferences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the comparison of a table with the objects that were loaded into it.
 *
 * @param feeds the names of its feeds
 * @param verdict what that means
 * @param loads how many loads were repeated
 * @param position the place in the ledger for which the result is true; 0 if nothing was loaded
 * @param differences null if it did not get so far
 * @param leftOut the columns that were not compared, each with the reason
 * @param reasons why the result is not certain, or what else people should know
 * @param failure why there is no result; null if there is one
 */
public record TableVerification(
        TableName table,
        List<String> feeds,
        VerifyVerdict verdict,
        long loads,
        long position,
        @Nullable TableDifferences differences,
        List<String> leftOut,
        List<String> reasons,
        @Nullable CaravanException failure) {

    public TableVerification {
        requireNonNull(table, "table");
        requireNonNull(verdict, "verdict");
        feeds = List.copyOf(feeds);
        leftOut = List.copyOf(leftOut);
        reasons = List.copyOf(reasons);
    }

    /** Returns what is left to say if there is no result. */
    public static TableVerification failed(TableName table, List<String> feeds, CaravanException failure) {
        return new TableVerification(table, feeds, VerifyVerdict.UNKNOWN, 0, 0, null, List.of(), List.of(), failure);
    }

    /** Returns what rows that differ mean, or none that do. */
    public static VerifyVerdict verdict(TableDifferences differences, Doubts doubts) {
        if (doubts.areLost()) {
            return VerifyVerdict.UNKNOWN;
        }
        if (differences.areNone()) {
            return VerifyVerdict.EQUAL;
        }
        return doubts.areDeviating() ? VerifyVerdict.UNKNOWN : VerifyVerdict.DIFFERENT;
    }
}
