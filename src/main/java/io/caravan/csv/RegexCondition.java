package io.caravan.csv;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value matches a regular expression as a whole. Some expressions take ages for some texts, or overflow the stack, so the
 * work is bounded: a value that needs more fails.
 */
final class RegexCondition implements Condition {

    /** Some milliseconds; a simple expression reads each character of the longest text a few times. */
    static final int MAX_STEPS = 1_000_000;

    private static final Optional<String> TOO_MUCH =
            Optional.of(": its regular expression takes more than " + MAX_STEPS + " steps for the value");

    private static final Optional<String> TOO_DEEP =
            Optional.of(": its regular expression takes more memory for the value than there is");

    private final Pattern pattern;

    RegexCondition(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    @Override
    public Optional<String> look(String value) {
        try {
            return Condition.of(pattern.matcher(new CountedText(value)).matches());
        } catch (TooManyStepsException e) {
            return TOO_MUCH;
        } catch (StackOverflowError e) {
            // Java's expressions recurse for each repetition of a group; nothing of the match is kept.
            return TOO_DEEP;
        }
    }

    /** A text that ends the match that reads it too often. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private int steps;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyStepsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super(null, null, false, false);
        }
    }
}
