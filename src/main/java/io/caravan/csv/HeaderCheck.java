package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.Column;
import io.caravan.model.ColumnPolicy;
import io.caravan.model.TargetTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a header must be to fit a target; an object whose header is not is rejected with the difference. */
final class HeaderCheck {

    private final ColumnPlan plan;
    private final TargetTable target;
    private final String header;

    HeaderCheck(ColumnPlan plan, long lineNumber) {
        this.plan = plan;
        this.target = plan.target();
        this.header = "the header at line " + lineNumber;
    }

    void wellFormed(CsvRecord record) {
        record.problem().ifPresent(problem -> {
            ErrorCode code =
                    problem.code() == ErrorCode.CSV_CHARSET ? ErrorCode.OBJECT_CHARSET : ErrorCode.OBJECT_HEADER;
            throw new RejectedObjectException(
                    code,
                    header + " cannot be read: " + problem.reason()
                            + "; check that the feed's charset, delimiter and quote are those of the object");
        });
    }

    void namesAreUnique(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw new RejectedObjectException(
                        ErrorCode.OBJECT_HEADER,
                        header + " has no name for field " + (i + 1) + "; give every column its name");
            }
            if (!seen.add(ColumnPolicy.fold(names.get(i)))) {
                throw new RejectedObjectException(
                        ErrorCode.OBJECT_HEADER,
                        header + " names the column " + Names.quoted(names.get(i))
                                + " twice; leave one of the two out");
            }
        }
    }

    void columnsAreUnique(List<String> names, List<@Nullable Column> byField) {
        Map<Column, String> seen = new HashMap<>();
        for (int i = 0; i < byField.size(); i++) {
            Column column = byField.get(i);
            String other = column == null ? null : seen.put(column, names.get(i));
            if (column != null && other != null) {
                throw new RejectedObjectException(
                        ErrorCode.OBJECT_HEADER,
                        header + " names the column " + Names.quoted(column.name()) + " twice, as "
                                + Names.quoted(other) + " and as " + Names.quoted(names.get(i))
                                + "; leave one of the two out");
            }
        }
    }

    void allAreKnown(List<String> unknown, Collection<@Nullable Column> known) {
        if (unknown.isEmpty() || plan.ignoresUnknownColumns()) {
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

    void constantsAreNotThere(Collection<@Nullable Column> found) {
        List<String> both = names(column -> isConstant(column) && found.contains(column));
        if (!both.isEmpty()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    header + " names columns for which the feed has constants: " + Names.list(both)
                            + "; leave them out of the object, or out of the feed's 'constants'");
        }
    }

    void keysAreThere(Collection<@Nullable Column> found) {
        List<String> missing = names(column -> plan.keys().contains(column) && isMissing(column, found));
        if (!missing.isEmpty()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_MISSING_KEY,
                    header + " lacks matching keys of the feed: " + Names.list(missing)
                            + "; every object must hold all matching keys");
        }
    }

    void requiredAreThere(Collection<@Nullable Column> found) {
        List<String> missing = names(column -> isMissing(column, found));
        if (plan.needsAllColumns() && !missing.isEmpty()) {
            throw missing(" lacks columns of " + target.name() + ": " + Names.list(missing)
                    + "; add them to the object, or let the feed's 'missingColumns' be null");
        }
        List<String> required = names(column -> !column.nullable() && !column.hasDefault() && isMissing(column, found));
        if (!required.isEmpty()) {
            throw missing(" lacks columns of " + target.name() + " that are NOT NULL and have no default: "
                    + Names.list(required) + "; add them to the object, or give them a default");
        }
        List<String> ruled =
                names(column -> isRuledNotNull(column) && !column.hasDefault() && isMissing(column, found));
        if (!ruled.isEmpty()) {
            throw missing(" lacks columns that are not null by the feed's rules, and have no default: "
                    + Names.list(ruled) + "; add them to the object, or change the rules");
        }
    }

    private RejectedObjectException missing(String what) {
        return new RejectedObjectException(ErrorCode.OBJECT_MISSING_COLUMN, header + what);
    }

    private boolean isMissing(Column column, Collection<@Nullable Column> found) {
        return !found.contains(column) && !isConstant(column);
    }

    private boolean isConstant(Column column) {
        return plan.constants().containsKey(column);
    }

    private boolean isRuledNotNull(Column column) {
        return plan.checks().stream()
                .anyMatch(check -> check.isNotNull() && check.column().equals(column));
    }

    private List<String> names(Predicate<Column> wanted) {
        return target.columns().stream().filter(wanted).map(Column::name).toList();
    }
}
