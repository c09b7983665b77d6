package io.caravan.lineage;

import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** From which field of the objects each column of a target takes its values. */
final class ColumnFields {

    private ColumnFields() {}

    /**
     * Returns the fields' names in small letters, or their numbers from 1, by the columns' names; without the columns that Caravan
     * fills, from constants, from keys or by itself.
     */
    static Map<String, String> of(Feed feed, TargetTable table) {
        Set<String> filled = new HashSet<>(feed.columns().constants().keySet());
        feed.objects().keyColumns().names().forEach(name -> filled.add(ColumnPolicy.fold(name)));
        feed.provenance().columns().forEach(name -> filled.add(ColumnPolicy.fold(name)));
        if (feed.merge().deletedColumn() != null) {
            filled.add(ColumnPolicy.fold(feed.merge().deletedColumn()));
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        feed.columns().renames().forEach((field, column) -> renamed.putIfAbsent(ColumnPolicy.fold(column), field));
        Map<String, String> fields = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            String folded = ColumnPolicy.fold(column.name());
            if (!filled.contains(folded)) {
                fields.put(column.name(), renamed.getOrDefault(folded, column.name()));
            }
        }
        return fields;
    }
}
