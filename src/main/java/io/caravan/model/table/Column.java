package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

/**
 * A column of a target table.
 *
 * @param name name as the warehouse has it, lower case unless the warehouse keeps case
 * @param type declared type
 * @param nullable whether NULL is allowed
 * @param hasDefault whether the column has a default, or fills itself, when an INSERT leaves it out
 */
public record Column(String name, ColumnType type, boolean nullable, boolean hasDefault) {

    public Column {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }
}
