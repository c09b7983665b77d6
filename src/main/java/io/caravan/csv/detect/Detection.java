package io.caravan.csv.detect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How objects are written, by samples of them.
 *
 * @param parameters of a feed that reads them so, by name; what has the default is left out
 * @param keys columns that tell rows apart; empty if none was found
 * @param findings what was found and why, for people
 */
public record Detection(Map<String, String> parameters, List<String> keys, List<Finding> findings) {

    public Detection {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        keys = List.copyOf(keys);
        findings = List.copyOf(findings);
    }
}
