package io.caravan.csv;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Names;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import io.caravan.model.table.UnloadedColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a header must be to fit a target; an object whose header is not is rejected with the difference. */
public final class HeaderCheck {

    private final ColumnPlan plan;
    private final TargetTable target;
    private final String header;
    private final ColumnsLine line;

    public HeaderCheck(ColumnPlan plan, CsvRecord names) {
        this.plan = plan;
        this.target = plan.target();
        this.header = HeaderNames.where(names);
        this.line = new ColumnsLine(plan.policy());
    }

    /** Only a column that would be loaded needs a name. */
    public void allHaveNames(List<HeaderField> fields) {
        if (!plan.ignoresUnknownColumns()) {
            HeaderNames.requireNames(header, fields, plan.policy());
        }
    }

    /** Of two fields with one name nobody knows which is the column. */
    void repeatedAreNotLoaded(List<HeaderField> unknown) {
        List<HeaderField> repeated =
                unknown.stream().filter(plan::repeatsColumn).toList();
        if (!repeated.isEmpty()) {
            HeaderField first = repeated.get(0);
            throw HeaderNames.refuse(header + " names the column " + Names.quoted(first.name()) + " twice; name field "
                    + first.number() + " by its number, with an empty name if it is not to be loaded, "
                    + line.numbered(repeated) + ", or give " + target.name() + " a column "
                    + Names.quoted(first.column()));
        }
    }

    public void columnsAreUnique(CsvRecord record, List<@Nullable Column> byField) {
        List<@Nullable String> names = new ArrayList<>(byField.size());
        for (Column column : byField) {
            names.add(column == null ? null : column.name());
        }
        HeaderNames.checkColumns(record, names, plan.constantNames());
        HeaderNames.checkKeyColumns(
                record,
                names,
                plan.keyColumns().stream()
                        .map(column -> ColumnPolicy.fold(column.name()))
                        .collect(toSet()));
    }

    void allAreKnown(List<HeaderField> fields, Collection<@Nullable Column> known) {
        List<String> unknown = fields.stream().map(HeaderField::name).toList();
        // Rows of an object that has none of the columns would be empty.
        boolean isIgnored = plan.ignoresUnknownColumns() && known.stream().anyMatch(Objects::nonNull);
        if (unknown.isEmpty() || isIgnored) {
            return;
        }
        List<String> lacking =
                unknown.stream().filter(name -> unloaded(name).isEmpty()).toList();
        List<String> missing = names(column -> !known.contains(column));
        String likely = line.likely(
                        fields,
                        target.columns().stream()
                                .filter(column -> isMissing(column, known))
                                .toList())
                .map(ready -> "; or have the feed say so: " + ready)
                .orElse("");
        throw new RejectedObjectException(
                ErrorCode.OBJECT_UNKNOWN_COLUMN,
                Stream.concat(
                                unknown.stream()
                                        .flatMap(name -> unloaded(name).stream())
                                        .map(this::notLoaded),
                                lacking.isEmpty()
                                        ? Stream.empty()
                                        : Stream.of(header + " names columns that " + target.name() + " lacks: "
                                                + Names.list(lacking)
                                                + "; columns of the table that the header lacks: "
                                                + (missing.isEmpty() ? "none" : Names.list(missing))
                                                + "; rename or add the columns in the table or in the object" + likely))
                        .collect(joining(". ")));
    }

    private Optional<UnloadedColumn> unloaded(String name) {
        return target.unloaded(name.strip());
    }

    private String notLoaded(UnloadedColumn column) {
        return "table " + target.name() + " has the column " + Names.quoted(column.name()) + ", " + column.what()
                + ": set 'schema: ignore' for the feed, which leaves out what the table cannot take, or "
                + column.remedy();
    }

    public void keysAreThere(Collection<@Nullable Column> found) {
        List<String> missing = names(column -> plan.keys().contains(column) && isMissing(column, found));
        if (!missing.isEmpty()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_MISSING_KEY,
                    header + " lacks matching keys of the feed: " + Names.list(missing)
                            + "; every object must hold all matching keys");
        }
    }

    public void requiredAreThere(Collection<@Nullable Column> found) {
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
