package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.Column;
import io.caravan.model.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of the target that an object fills, and which field of a record is which. Names are matched whatever the case
 * of their letters and the white space around them, in any order.
 */
final class LoadedColumns {

    private final List<Column> columns;
    private final List<Column> byField;
    private final int[] positionByField;
    private final boolean[] keyByField;

    private LoadedColumns(TargetTable target, List<Column> byField, Set<Column> keys) {
        this.byField = List.copyOf(byField);
        this.columns = target.columns().stream().filter(byField::contains).toList();
        this.positionByField = byField.stream().mapToInt(columns::indexOf).toArray();
        this.keyByField = new boolean[byField.size()];
        for (int i = 0; i < keyByField.length; i++) {
            keyByField[i] = keys.contains(byField.get(i));
        }
    }

    /** Returns the loaded columns of an object without a header: all of the target's, in declared order. */
    static LoadedColumns all(TargetTable target, List<String> keys) {
        return new LoadedColumns(target, target.columns(), keyColumns(target, keys));
    }

    /**
     * Returns the loaded columns that a header names.
     *
     * @throws io.caravan.base.RejectedObjectException if the header does not fit the target
     */
    static LoadedColumns named(CsvRecord header, TargetTable target, List<String> keys) {
        Set<Column> keyColumns = keyColumns(target, keys);
        HeaderCheck check = new HeaderCheck(target, header.lineNumber());
        List<String> names = HeaderNames.read(header);
        List<Column> byField = new ArrayList<>(names.size());
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            target.column(name).ifPresentOrElse(byField::add, () -> unknown.add(name));
        }
        check.allAreKnown(unknown, byField);
        check.keysAreThere(byField, keyColumns);
        check.requiredAreThere(byField);
        return new LoadedColumns(target, byField, keyColumns);
    }

    static Set<Column> keyColumns(TargetTable target, List<String> keys) {
        Set<Column> columns = new LinkedHashSet<>();
        for (String key : keys) {
            columns.add(target.column(key.strip())
                    .orElseThrow(() -> new InvalidConfigurationException(
                            ErrorCode.TARGET_KEY_NOT_FOUND,
                            "the matching key " + Names.quoted(key) + " is not a column of " + target.name()
                                    + "; its columns are "
                                    + Names.list(target.columns().stream()
                                            .map(Column::name)
                                            .toList()))));
        }
        return columns;
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the loaded columns in the order in which the target declares them. */
    List<Column> columns() {
        return columns;
    }

    /** Returns how many fields a record must have. */
    int fieldCount() {
        return positionByField.length;
    }

    Column column(int field) {
        return byField.get(field);
    }

    /** Returns where the field's column is among {@link #columns}. */
    int position(int field) {
        return positionByField[field];
    }

    boolean isKey(int field) {
        return keyByField[field];
    }
}
