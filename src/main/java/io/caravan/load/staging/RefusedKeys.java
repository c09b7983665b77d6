package io.caravan.load.staging;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.row.PackedValues;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the matching keys of rows that COPY has refused because of another value. */
final class RefusedKeys {

    private final List<Column> keys;
    private final int[] positions;

    /** Reads keys where the plan wants them of rejected rows. */
    RefusedKeys(MergePlan plan) {
        this.keys = plan.rejectedKeys();
        this.positions = keys.stream().mapToInt(plan.columns()::indexOf).toArray();
    }

    /**
     * Returns the keys' values; empty if they are not wanted, or if one of them may be the refused value, which cannot be
     * staged.
     *
     * @param values the row as it was sent
     * @param refused name of the column whose value was refused; null if that is not known
     */
    List<String> read(String values, @Nullable String refused) {
        if (keys.isEmpty()
                || refused == null
                || keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(refused))) {
            return List.of();
        }
        List<@Nullable String> sent = PackedValues.read(values);
        List<String> read = new ArrayList<>(positions.length);
        for (int position : positions) {
            String value = sent.get(position);
            if (value == null) {
                throw new IllegalStateException("a row with NULL in a matching key is a rejected row");
            }
            read.add(value);
        }
        return read;
    }
}
