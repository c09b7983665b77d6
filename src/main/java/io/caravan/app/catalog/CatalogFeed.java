package io.caravan.app.catalog;

import static java.util.Objects.requireNonNull;

import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a table of the Data Catalog says of a feed.
 *
 * @param table the table
 * @param values by the names of the feed's parameters
 */
public record CatalogFeed(CatalogTable table, Map<String, CatalogValue> values) {

    /** The parameter by which a feed names the table. */
    public static final String TABLE = "catalogTable";

    /** The parameter in which the table's columns come to the feed; a route file cannot have it. */
    public static final String COLUMNS = "catalogColumns";

    public CatalogFeed {
        requireNonNull(table, "table");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public CatalogName name() {
        return table.name();
    }

    /**
     * Returns for people where each value came from.
     *
     * @param own what the feed says itself, which wins
     */
    public String text(Map<String, String> own) {
        return "version " + table.version() + "; "
                + values.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(COLUMNS))
                        .map(entry -> isOwn(entry.getKey(), own)
                                ? entry.getKey() + ": the feed's own"
                                : entry.getKey() + ": " + entry.getValue().value() + " ("
                                        + entry.getValue().source() + ")")
                        .collect(Collectors.joining(", "));
    }

    /** Returns whether a feed says a parameter itself. */
    static boolean isOwn(String parameter, Map<String, String> own) {
        return !own.getOrDefault(parameter, "").isEmpty();
    }

    /** Adds what the table says to what the feed says. */
    public Map<String, String> with(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        values.forEach((name, value) -> {
            if (!isOwn(name, own)) {
                all.put(name, value.value());
            }
        });
        return all;
    }
}
