package io.caravan.redshift.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition with a part for each value to compare with, and these values. Not safe for use by several threads. */
public final class Where {

    private final List<String> parts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Adds a part without parameters. */
    public Where and(String part) {
        parts.add(part);
        return this;
    }

    /** Adds a part with one parameter; nothing if there is no value for it. */
    public Where and(String part, @Nullable Object value) {
        if (value != null) {
            parts.add(part);
            values.add(value);
        }
        return this;
    }

    /** Adds a part with several parameters. */
    public Where andAll(String part, List<?> partValues) {
        parts.add(part);
        values.addAll(partValues);
        return this;
    }

    /** Returns the parameters' values in their order, behind those of what stands before the condition. */
    public Object[] valuesAfter(Object... before) {
        List<Object> all = new ArrayList<>(List.of(before));
        all.addAll(values);
        return all.toArray();
    }

    /** Returns the parameters' values, in their order. */
    public Object[] values() {
        return values.toArray();
    }

    /** Returns the condition as it stands behind a table's name. */
    @Override
    public String toString() {
        return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
    }
}
