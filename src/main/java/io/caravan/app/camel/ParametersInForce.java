package io.caravan.app.camel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a feed is made by.
 *
 * @param values values by parameters' names, without placeholders
 * @param catalog the table of the Data Catalog that some of them come from; null if there is none
 * @param shown all of them for people
 */
record ParametersInForce(Map<String, String> values, @Nullable FeedCatalog catalog, List<FeedParameter> shown) {

    ParametersInForce {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        shown = List.copyOf(shown);
    }
}
