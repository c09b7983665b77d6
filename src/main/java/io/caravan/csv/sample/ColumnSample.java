package io.caravan.csv.sample;

import io.caravan.csv.value.InferredType;
import io.caravan.model.table.ColumnType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the values of one column have shown of its type. */
final class ColumnSample {

    /** What programs write for a value that is not there. */
    private static final Set<String> NULL_WORDS = Set.of(
            "NULL", "null", "Null", "\\N", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "None", "none",
            "nil", "-", "--", ".", "?", "(null)", "NaT", "#NULL!", "#VALUE!");

    /** All that a VARCHAR holds. */
    private static final int MOST_BYTES = 65_535;

    private final @Nullable FormattedType formatted;

    /** Of all values but these words. */
    private final InferredType values = new InferredType();

    private final Map<String, Long> words = new TreeMap<>();

    /**
     * Begins with no value.
     *
     * @param format how the feed writes the values; null for the standard forms
     * @throws IllegalArgumentException if there is no such format
     */
    ColumnSample(@Nullable String format) {
        this.formatted = format == null ? null : new FormattedType(format);
    }

    /** Adds a value that is not NULL as text. */
    void add(String value) {
        if (formatted != null) {
            formatted.add(value);
        } else if (NULL_WORDS.contains(value)) {
            words.merge(value, 1L, Long::sum);
        } else {
            values.add(value);
        }
    }

    /** Adds all values that another sample of the same column has. */
    void add(ColumnSample other) {
        if (formatted != null && other.formatted != null) {
            formatted.add(other.formatted);
        }
        values.add(other.values);
        other.words.forEach((word, count) -> words.merge(word, count, Long::sum));
    }

    ColumnType type() {
        return formatted == null ? all().type() : formatted.type();
    }

    /** Returns the type of text that holds the values seen. */
    ColumnType text() {
        return all().text();
    }

    private InferredType all() {
        InferredType all = new InferredType();
        all.add(values);
        words.keySet().forEach(all::add);
        return all;
    }

    /** Returns the type of text that holds whatever an object can hold, or that of the feed's format. */
    ColumnType textType() {
        return formatted == null ? ColumnType.varchar(MOST_BYTES) : formatted.type();
    }

    /**
     * Returns what keeps the column from another type, if that is one word alone that probably stands for NULL.
     *
     * @param name of the column
     */
    Optional<String> note(String name) {
        if (words.size() != 1 || !values.hasValue() || values.type().kind().isText()) {
            return Optional.empty();
        }
        Map.Entry<String, Long> word = words.entrySet().iterator().next();
        return Optional.of(name + ": " + (word.getValue() == 1 ? "1 value is " : word.getValue() + " values are ")
                + word.getKey() + ", else " + values.type().sql() + "; set nullString");
    }
}
