package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.Column;
import io.caravan.model.TargetTable;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** What a header must be to fit a target; an object whose header is not is rejected with the difference. */
final class HeaderCheck {

    private final TargetTable target;
    private final String header;

    HeaderCheck(TargetTable target, long lineNumber) {
        this.target = target;
        this.header = "the header at line " + lineNumber;
    }

    void allAreKnown(List<String> unknown, Collection<Column> known) {
        if (unknown.isEmpty()) {
            return;
        }
        List<String> missing = names(column -> !known.contains(column));
        throw new RejectedObjectException(
                ErrorCode.OBJECT_UNKNOWN_COLUMN,
                header + " names columns that " + target.name() + " lacks: " + Names.list(unknown)
                        + "; columns of the table that the header lacks: "
                        + (missing.isEmpty() ? "none" : Names.list(missing))
                        + "; rename or add the columns in the table or in the object");
    }

    void keysAreThere(Collection<Column> loaded, Collection<Column> keys) {
        List<String> missing = names(column -> keys.contains(column) && !loaded.contains(column));
        if (!missing.isEmpty()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_MISSING_KEY,
                    header + " lacks matching keys of the feed: " + Names.list(missing)
                            + "; every object must hold all matching keys");
        }
    }

    void requiredAreThere(Collection<Column> loaded) {
        List<String> missing = names(column -> !column.nullable() && !column.hasDefault() && !loaded.contains(column));
        if (!missing.isEmpty()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_MISSING_COLUMN,
                    header + " lacks columns of " + target.name() + " that are NOT NULL and have no default: "
                            + Names.list(missing) + "; add them to the object, or give them a default");
        }
    }

    private List<String> names(Predicate<Column> wanted) {
        return target.columns().stream().filter(wanted).map(Column::name).toList();
    }
}
