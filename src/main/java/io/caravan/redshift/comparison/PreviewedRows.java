package io.caravan.redshift.comparison;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.PreviewedValue;
import io.caravan.model.preview.RowEffect;
import io.caravan.model.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a preview, made of what {@code PreviewSql} reads. Used by one thread. */
public final class PreviewedRows {

    /** Behind the row's place. */
    private static final int FIRST_VALUE = 3;

    private final MergePlan plan;
    private final List<PreviewedRow> rows = new ArrayList<>();

    public PreviewedRows(MergePlan plan) {
        this.plan = plan;
    }

    /** Adds a row that has the target's values, and then the object's. */
    public void addCompared(RowEffect effect, ResultSet row) throws SQLException {
        int columns = plan.columns().size();
        boolean goes = effect == RowEffect.DELETED;
        List<@Nullable String> before = values(row, FIRST_VALUE, columns);
        List<@Nullable String> after = goes ? nulls(columns) : values(row, FIRST_VALUE + columns, columns);
        add(effect, row.getInt(1), row.getLong(2), before, after, goes ? before : after);
    }

    /** Adds a row that goes in as it is staged. */
    public void addStaged(ResultSet row) throws SQLException {
        int columns = plan.columns().size();
        List<@Nullable String> after = values(row, FIRST_VALUE, columns);
        add(RowEffect.INSERTED, row.getInt(1), row.getLong(2), nulls(columns), after, after);
    }

    /** Adds a row of the target that the rows of a snapshot replace. */
    public void addReplaced(int snapshot, ResultSet row) throws SQLException {
        int columns = plan.columns().size();
        List<@Nullable String> before = values(row, 1, columns);
        add(RowEffect.DELETED, snapshot, 0, before, nulls(columns), before);
    }

    public List<PreviewedRow> all() {
        return rows;
    }

    private void add(
            RowEffect effect,
            int object,
            long line,
            List<@Nullable String> before,
            List<@Nullable String> after,
            List<@Nullable String> keyValues) {
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        List<PreviewedValue> values = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            Column column = plan.columns().get(i);
            if (plan.keys().contains(column)) {
                keys.put(column.name(), keyValues.get(i));
            } else if (!Objects.equals(before.get(i), after.get(i))) {
                values.add(new PreviewedValue(column.name(), before.get(i), after.get(i)));
            }
        }
        rows.add(new PreviewedRow(effect, object, line, keys, values));
    }

    private static List<@Nullable String> values(ResultSet row, int from, int count) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            values.add(row.getString(i));
        }
        return values;
    }

    private static List<@Nullable String> nulls(int count) {
        return Collections.nCopies(count, null);
    }
}
