package io.caravan.csv.guess;

import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.InferredType;
import io.caravan.model.table.ColumnType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the samples hold in one field of their rows. */
public final class ColumnValues {

    private final String name;

    /** All texts that are no word for NULL. */
    private final Set<String> values = new LinkedHashSet<>();

    private final Map<String, Integer> nullWords = new TreeMap<>();

    /** Those words for NULL that stand in quotes somewhere. */
    private final Set<String> quotedNullWords = new HashSet<>();

    private final InferredType inferred = new InferredType();
    private int rows;
    private int empty;
    private int emptyQuoted;
    private boolean isRepeated;

    /**
     * Begins without values.
     *
     * @param name of the column; empty if it has none
     */
    public ColumnValues(String name) {
        this.name = name;
    }

    /** Adds a field of a row. */
    public void add(String text, boolean isQuoted) {
        rows++;
        if (Blanks.isBlank(text)) {
            empty++;
            emptyQuoted += isQuoted ? 1 : 0;
            return;
        }
        String value = text.strip();
        if (NullWords.isOne(value)) {
            nullWords.merge(value, 1, Integer::sum);
            if (isQuoted) {
                quotedNullWords.add(value);
            }
            return;
        }
        inferred.add(text);
        if (!values.add(value)) {
            isRepeated = true;
        }
    }

    public String name() {
        return name;
    }

    public Set<String> values() {
        return values;
    }

    Map<String, Integer> nullWords() {
        return nullWords;
    }

    Set<String> quotedNullWords() {
        return quotedNullWords;
    }

    /** Returns the type that fits the values in their standard forms, without words for NULL. */
    ColumnType type() {
        return inferred.type();
    }

    boolean isText() {
        return values.isEmpty() || type().kind().isText();
    }

    /** Returns whether it is a column of text in which some fields are empty, without quotes. */
    boolean hasEmptyText() {
        return empty > emptyQuoted && isText();
    }

    boolean isEmpty() {
        return values.isEmpty() && nullWords.isEmpty();
    }

    int rows() {
        return rows;
    }

    /** Returns whether each row has a value, and each another. */
    boolean isDistinct() {
        return rows > 0 && empty == 0 && nullWords.isEmpty() && !isRepeated;
    }

    boolean hasAllValues() {
        return rows > 0 && empty == 0 && nullWords.isEmpty();
    }
}
