package io.caravan.csv.mask;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.mask.Masks;
import java.util.Set;

/** Why an object is rejected, without what it holds: what stands where a header should be may be values. */
public final class MaskedReason {

    /** Their reasons are counts. */
    private static final Set<ErrorCode> WITHOUT_VALUES = Set.of(
            ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS,
            ErrorCode.OBJECT_NO_GOOD_ROW,
            ErrorCode.OBJECT_DELETES_TOO_MUCH,
            ErrorCode.OBJECT_ENDED_THE_PROCESS);

    private MaskedReason() {}

    /** Returns the reason as it may be seen. */
    public static RejectedObjectException of(RejectedObjectException reason, Masks masks) {
        return masks.areNone() || WITHOUT_VALUES.contains(reason.code())
                ? reason
                : new RejectedObjectException(
                        reason.code(),
                        "the object cannot be loaded; what is wrong with it may show values, and the feed masks some: look at"
                                + " the object itself, or at what the failure's code means");
    }
}
