package io.caravan.csv.record;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/**
 * Names of fields that the feed gives, in place of a header.
 *
 * @param names one for each field
 */
public record NamesRecord(List<String> names) implements CsvRecord {

    /** Before all lines of the object. */
    @Override
    public long lineNumber() {
        return 0;
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public String field(int index) {
        return names.get(index);
    }

    @Override
    public boolean quoted(int index) {
        return true;
    }

    @Override
    public String raw() {
        return names.stream().collect(joining(","));
    }

    @Override
    public Optional<Problem> problem() {
        return Optional.empty();
    }
}
