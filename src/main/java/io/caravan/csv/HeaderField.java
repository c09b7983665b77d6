package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object's records, by the header or by the feed.
 *
 * @param number of the field, from 1
 * @param name as the header has it, but for what cannot be seen; empty if it has none
 * @param column name of the column that it is; empty if it has none, or is not to be loaded
 * @param isMapped whether the feed itself says which column it is
 * @param isRepeated whether a field before it has the same name, so that its own got a number
 */
public record HeaderField(int number, String name, String column, boolean isMapped, boolean isRepeated) {

    /** Returns whether nobody has given it a name. */
    boolean isNameless() {
        return column.isEmpty() && !isMapped;
    }

    /** Returns whether the feed says that it is not loaded. */
    boolean isLeftOut() {
        return column.isEmpty() && isMapped;
    }

    /**
     * Returns the fields that a well-formed header names. Fields without a name at its end are none: whether there are values in
     * them only the records say.
     */
    static List<HeaderField> of(CsvRecord header, ColumnPolicy policy) {
        List<String> names = new ArrayList<>(header.size());
        for (int i = 0; i < header.size(); i++) {
            names.add(ColumnNames.clean(header.field(i)));
        }
        Set<String> folded = names.stream().map(ColumnPolicy::fold).collect(Collectors.toSet());
        List<@Nullable String> mapped = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            mapped.add(mapped(names.get(i), Integer.toString(i + 1), folded, policy.renames()));
            columns.add(policy.usesSnakeNames() ? ColumnNames.snake(names.get(i)) : names.get(i));
        }
        List<HeaderField> fields = numbered(names, mapped, columns);
        int named = fields.size();
        while (named > 0 && fields.get(named - 1).isNameless()) {
            named--;
        }
        return fields.subList(0, named);
    }

    /** A number is a name where the header has such a name. */
    private static @Nullable String mapped(String name, String number, Set<String> names, Map<String, String> renames) {
        @Nullable String byNumber = names.contains(number) ? null : renames.get(number);
        return byNumber == null && !name.isEmpty() ? renames.get(ColumnPolicy.fold(name)) : byNumber;
    }

    private static List<HeaderField> numbered(List<String> names, List<@Nullable String> mapped, List<String> columns) {
        Set<String> taken = columns.stream().map(ColumnPolicy::fold).collect(Collectors.toCollection(HashSet::new));
        Set<String> seen = new HashSet<>();
        List<HeaderField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            @Nullable String column = mapped.get(i);
            String own = columns.get(i);
            boolean isRepeated = column == null && !own.isEmpty() && !seen.add(ColumnPolicy.fold(own));
            if (isRepeated) {
                int number = 2;
                while (!taken.add(ColumnPolicy.fold(own + "_" + number))) {
                    number++;
                }
                own = own + "_" + number;
            }
            fields.add(new HeaderField(i + 1, names.get(i), column == null ? own : column, column != null, isRepeated));
        }
        return fields;
    }
}
