package io.caravan.route.parameter;

import io.caravan.model.feed.RowRule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a rule, {@code column: check} or {@code name = column: check}. */
final class RowRuleText {

    private static final Pattern COLON = Pattern.compile(":");
    private static final Pattern EQUALS = Pattern.compile("=");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHECK = Pattern.compile(
            "(not\\s+null|matches|between|one\\s+of)(?:\\s+(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private RowRuleText() {}

    /**
     * Returns the rule. One without a name has its text as its name.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static RowRule parse(String text) {
        List<String> parts = QuotedText.split(text, COLON, 2);
        if (parts.size() < 2) {
            throw new IllegalArgumentException("it is not of the form 'column: rule' or 'name = column: rule'");
        }
        List<String> head = QuotedText.split(parts.get(0), EQUALS, 2);
        String name = head.size() == 1 ? text : QuotedText.unquoted(head.get(0));
        String column = QuotedText.unquoted(head.get(head.size() - 1));
        return new RowRule(name, column, check(parts.get(1)));
    }

    private static RowRule.Check check(String text) {
        Matcher matcher = CHECK.matcher(text);
        String word =
                matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ") : "";
        String rest = word.isEmpty() || matcher.group(2) == null ? "" : matcher.group(2);
        if (word.equals("not null") && rest.isBlank()) {
            return new RowRule.NotNull();
        }
        return switch (word) {
            case "matches" -> matches(QuotedText.unquoted(rest));
            case "between" -> between(QuotedText.split(rest, AND, 0));
            case "one of" ->
                new RowRule.OneOf(QuotedText.split(rest, BAR, 0).stream()
                        .map(QuotedText::unquoted)
                        .toList());
            default ->
                throw new IllegalArgumentException(
                        "after the column comes 'not null', 'matches REGEX', 'between A and B' or 'one of A|B'");
        };
    }

    private static RowRule.Check matches(String regex) {
        try {
            return new RowRule.Matches(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("its regular expression is none: " + e.getDescription(), e);
        }
    }

    private static RowRule.Check between(List<String> bounds) {
        if (bounds.size() != 2) {
            throw new IllegalArgumentException("'between' has two values with 'and' between them");
        }
        return new RowRule.Between(QuotedText.unquoted(bounds.get(0)), QuotedText.unquoted(bounds.get(1)));
    }
}
