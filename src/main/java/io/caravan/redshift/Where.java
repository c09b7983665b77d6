package io.caravan.redshift;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition of as many parts as there are values to compare with, and these values. Not safe for use by several threads. */
final class Where {

    private final List<String> parts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Adds a part with one parameter; nothing if there is no value for it. */
    Where and(String part, @Nullable Object value) {
        return value == null ? this : and(part, List.of(value));
    }

    /** Adds a part with as many parameters as values. */
    Where and(String part, List<?> several) {
        parts.add(part);
        values.addAll(several);
        return this;
    }

    /** Returns the parameters' values in their order, behind some that come before the condition. */
    Object[] valuesAfter(Object... before) {
        List<Object> all = new ArrayList<>(List.of(before));
        all.addAll(values);
        return all.toArray();
    }

    /** Returns the condition as it stands behind a table's name. */
    @Override
    public String toString() {
        return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
    }
}
