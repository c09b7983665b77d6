package io.caravan.csv.detect;

import io.caravan.csv.guess.Choice;
import io.caravan.csv.guess.Finding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How objects are written, by samples of them.
 *
 * @param parameters of a feed that reads them so, by name; what has the default is left out
 * @param columns names of the columns, as a table has them
 * @param keys columns that tell rows apart; empty if none was found
 * @param holdsChanges whether a column {@code Op} says of rows that they are inserted, updated or deleted
 * @param choices columns that fit several formats, and have none in the parameters
 * @param findings what was found and why, for people
 */
public record Detection(
        Map<String, String> parameters,
        List<String> columns,
        List<String> keys,
        boolean holdsChanges,
        List<Choice> choices,
        List<Finding> findings) {

    public Detection {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        choices = List.copyOf(choices);
        findings = List.copyOf(findings);
    }
}
