package io.caravan.csv;

import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.table.Column;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The parameter that would give fields of an object their columns, as a line of a feed's file. */
final class ColumnsLine {

    /** What means something in a list, or to who reads one. */
    private static final Pattern SPECIAL = Pattern.compile("[,;=\"]|^\\s|\\s$|^$");

    private final ColumnPolicy policy;

    ColumnsLine(ColumnPolicy policy) {
        this.policy = policy;
    }

    /** Returns the line for names that differ from columns by nothing but case, blanks and signs; empty if none does. */
    Optional<String> likely(List<HeaderField> fields, Collection<Column> missing) {
        Map<String, String> assignments = new LinkedHashMap<>();
        for (HeaderField field : fields) {
            String letters = ColumnNames.letters(field.name());
            List<Column> like = missing.stream()
                    .filter(column -> !letters.isEmpty()
                            && ColumnNames.letters(column.name()).equals(letters))
                    .toList();
            if (like.size() == 1 && !field.isRepeated()) {
                assignments.put(field.name(), like.get(0).name());
            }
        }
        if (assignments.isEmpty()) {
            return Optional.empty();
        }
        boolean isSnake = assignments.size() == fields.size()
                && assignments.entrySet().stream()
                        .allMatch(both -> ColumnNames.snake(both.getKey()).equalsIgnoreCase(both.getValue()));
        return Optional.of(line(assignments) + (isSnake ? ", or all such names: - { name: names, value: snake }" : ""));
    }

    /** Returns the line that names fields by their numbers, with a word in place of each name. */
    String numbered(List<HeaderField> fields) {
        Map<String, String> assignments = new LinkedHashMap<>();
        fields.forEach(field -> assignments.put(Integer.toString(field.number()), "COLUMN"));
        return line(assignments);
    }

    /** Returns the line with what the feed says already. */
    private String line(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(policy.renames());
        all.putAll(more);
        Function<String, String> piece =
                text -> SPECIAL.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
        String value = all.entrySet().stream()
                .map(both -> piece.apply(both.getKey()) + "=" + piece.apply(both.getValue()))
                .collect(joining(", "));
        return "- { name: columns, value: '" + value.replace("'", "''") + "' }";
    }
}
