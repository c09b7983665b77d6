package io.caravan.load.target;

import static java.util.stream.Collectors.joining;

import io.caravan.model.table.Column;
import io.caravan.model.table.NewTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the changes of a table's columns, for people. */
final class ColumnChanges {

    private ColumnChanges() {}

    /** Returns the one change by which a table came to be. */
    static List<String> created(NewTable table) {
        return List.of("created " + table.name() + " ("
                + table.shape().columns().stream().map(ColumnChanges::text).collect(joining(", ")) + ")");
    }

    /** Returns a line for each column that is new, or of another type. */
    static List<String> between(List<Column> before, List<Column> after) {
        Map<String, Column> known = before.stream().collect(Collectors.toMap(Column::name, Function.identity()));
        List<String> changes = new ArrayList<>();
        for (Column column : after) {
            @Nullable Column old = known.get(column.name());
            if (old == null) {
                changes.add("added " + text(column));
            } else if (!old.type().equals(column.type())) {
                changes.add("changed " + column.name() + " from " + old.type().sql() + " to "
                        + column.type().sql());
            }
        }
        return changes;
    }

    private static String text(Column column) {
        return column.name() + " " + column.type().sql();
    }
}
