package io.caravan.csv;

import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.table.ColumnType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value is equal to one of a list; in their canonical form equal values are equal texts. */
final class OneOfCondition implements Condition {

    private final boolean text;
    private final Set<String> values = new HashSet<>();

    /**
     * Takes the values in the standard form of the type.
     *
     * @throws IllegalArgumentException if the type refuses one
     */
    OneOfCondition(ColumnType type, List<String> values) {
        this.text = type.kind().isText();
        for (String value : values) {
            this.values.add(text ? Blanks.stripEnd(value) : canonical(type, value));
        }
    }

    static String canonical(ColumnType type, String value) {
        try {
            return ValueRule.of(type).canonical(value);
        } catch (RefusedValueException e) {
            throw new IllegalArgumentException("a value of it is none of " + type.sql() + ": " + e.reason(), e);
        }
    }

    @Override
    public Optional<String> look(String value) {
        return Condition.of(values.contains(text ? Blanks.stripEnd(value) : value));
    }
}
