package io.caravan.csv.serde;

import io.caravan.csv.RowReader;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field of an object's records, as a catalog's table has it.
 *
 * @param name of small letters, digits and underscores, unlike those of the other fields; that of its column if it has one
 * @param column the warehouse's column that it goes into; empty for one that is not loaded
 */
public record ObjectField(String name, Optional<Column> column) {

    private static final int MOST_CHARS = 255;

    static List<ObjectField> of(RowReader rows) {
        List<Optional<Column>> columns = rows.fieldColumns();
        List<String> written = rows.fieldNames();
        Set<String> taken = new HashSet<>();
        String[] names = new String[columns.size()];
        // A column has its name, and not a field before it that is not loaded and is called so, too.
        for (int i = 0; i < names.length; i++) {
            if (columns.get(i).isPresent()) {
                names[i] = unlike(taken, catalogName(columns.get(i).get().name(), i));
            }
        }
        List<ObjectField> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String name = columns.get(i).isPresent()
                    ? names[i]
                    : unlike(taken, catalogName(i < written.size() ? written.get(i) : "", i));
            fields.add(new ObjectField(name, columns.get(i)));
        }
        return fields;
    }

    /** @see <a href="https://docs.aws.amazon.com/athena/latest/ug/glue-best-practices.html">what Athena takes</a> */
    private static String catalogName(String name, int index) {
        String snake = ColumnNames.snake(name).replaceAll("[^a-z0-9_]+", "_");
        String plain = name.matches("[a-z0-9_]+") ? name : snake;
        return plain.isEmpty() ? "field_" + (index + 1) : plain.substring(0, Math.min(plain.length(), MOST_CHARS - 8));
    }

    private static String unlike(Set<String> taken, String name) {
        String own = name;
        for (int number = 2; !taken.add(own); number++) {
            own = name + "_" + number;
        }
        return own;
    }
}
