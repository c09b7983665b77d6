package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.csv.record.CsvRecord;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the target that an object fills, and which field of a record is which. Names are matched whatever the case
 * of their letters and the white space in them, in any order.
 */
final class LoadedColumns {

    static final int NONE = -1;

    private final List<Column> columns;
    private final @Nullable LoadedField[] fields;
    private final SortedMap<Integer, @Nullable String> constants = new TreeMap<>();
    private final List<LoadedCheck> checks;
    private final int changeField;

    private LoadedColumns(ColumnPlan plan, List<@Nullable Column> byField) {
        Set<@Nullable Column> loaded = new HashSet<>(byField);
        loaded.addAll(plan.constants().keySet());
        this.columns = plan.target().columns().stream().filter(loaded::contains).toList();
        this.fields = new @Nullable LoadedField[byField.size()];
        for (int i = 0; i < fields.length; i++) {
            Column column = byField.get(i);
            fields[i] = column == null ? null : plan.field(column, columns.indexOf(column));
        }
        plan.constants().forEach((column, value) -> constants.put(columns.indexOf(column), value));
        this.checks = plan.checks().stream()
                .filter(check -> columns.contains(check.column()))
                .map(check -> new LoadedCheck(check, columns.indexOf(check.column()), plan.identifies(check.column())))
                .toList();
        this.changeField = IntStream.range(0, fields.length)
                .filter(i -> byField.get(i) != null && plan.isChange(requireNonNull(byField.get(i))))
                .findFirst()
                .orElse(NONE);
    }

    /**
     * Returns the loaded columns of an object without a header.
     *
     * @param firstFields as {@link ColumnPlan#columnsWithoutHeader} has it
     */
    static LoadedColumns all(ColumnPlan plan, int firstFields) {
        return new LoadedColumns(plan, new ArrayList<>(plan.columnsWithoutHeader(firstFields)));
    }

    /**
     * Returns the loaded columns that a header names.
     *
     * @throws io.caravan.base.RejectedObjectException if the header does not fit the target
     */
    static LoadedColumns named(CsvRecord header, ColumnPlan plan) {
        HeaderCheck check = new HeaderCheck(plan, header);
        List<HeaderField> named = HeaderNames.read(header, plan.policy());
        List<@Nullable Column> byField = new ArrayList<>(named.size());
        List<HeaderField> unknown = new ArrayList<>();
        for (HeaderField field : named) {
            Column column = plan.column(field).orElse(null);
            byField.add(column);
            if (column == null && !field.isNameless() && !field.isLeftOut()) {
                unknown.add(field);
            }
        }
        check.allHaveNames(named);
        check.columnsAreUnique(header, byField);
        check.repeatedAreNotLoaded(unknown);
        check.allAreKnown(unknown, byField);
        check.keysAreThere(byField);
        check.requiredAreThere(byField);
        return new LoadedColumns(plan, byField);
    }

    /** Returns the loaded columns in the order in which the target declares them. */
    List<Column> columns() {
        return columns;
    }

    /** Returns what becomes of each field; null for one that is not loaded. */
    @Nullable
    LoadedField[] fields() {
        return fields;
    }

    /** Returns the values that are the same for all records, by the place of their column; null for NULL. */
    SortedMap<Integer, @Nullable String> constants() {
        return constants;
    }

    /** Returns the rules of those columns that are loaded. */
    List<LoadedCheck> checks() {
        return checks;
    }

    /** Returns which field says what its row changes, from 0; {@link #NONE} if none does. */
    int changeField() {
        return changeField;
    }
}
