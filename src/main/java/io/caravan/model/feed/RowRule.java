package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What every row must keep; one that does not is a rejected row. NULL keeps every rule but {@link NotNull}.
 *
 * @param name for people, in the reasons of rejected rows
 * @param column name of the column whose value is looked at, in the user's spelling
 * @param check what the value must be
 */
public record RowRule(String name, String column, Check check) {

    public RowRule {
        requireNonNull(check, "check");
        if (name.isBlank() || column.isBlank()) {
            throw new IllegalArgumentException("a rule has a name and a column");
        }
    }

    /** What a value must be. Values to compare with are in the standard form of the column's type. */
    public sealed interface Check permits NotNull, Matches, Between, OneOf {}

    /** The value is not NULL. */
    public record NotNull() implements Check {}

    /**
     * The whole value, in the form in which it is loaded, matches.
     *
     * @param regex regular expression of {@link Pattern}
     */
    public record Matches(String regex) implements Check {

        /**
         * Checks the expression.
         *
         * @throws java.util.regex.PatternSyntaxException if it is none
         */
        public Matches {
            Pattern.compile(regex);
        }
    }

    /**
     * The value is within bounds, by the order of the column's type.
     *
     * @param low least value
     * @param high greatest value
     */
    public record Between(String low, String high) implements Check {

        public Between {
            requireNonNull(low, "low");
            requireNonNull(high, "high");
        }
    }

    /**
     * The value is equal to one of these, by the column's type.
     *
     * @param values at least one
     */
    public record OneOf(List<String> values) implements Check {

        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("there is no value to be one of");
            }
        }
    }
}
