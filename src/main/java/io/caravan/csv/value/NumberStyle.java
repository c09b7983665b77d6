package io.caravan.csv.value;

/** How numbers are punctuated, told by an example: {@code 1.234,56}. */
public final class NumberStyle {

    private static final String MARKS = ".,'\u2019_ ";
    private static final int GROUP_DIGITS = 3;
    private static final char NONE = '\0';

    private final String example;
    private final char decimalMark;
    private final char groupMark;

    /**
     * Reads an example. Its last separator is the decimal mark, unless it stands there more than once; another one before it
     * groups digits by three.
     *
     * @throws IllegalArgumentException if it does not show how numbers are written
     */
    public NumberStyle(String example) {
        String marks = example.chars()
                .map(c -> normal((char) c))
                .filter(c -> MARKS.indexOf(c) >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("the example of a number has no separator; write one like 1.234,56");
        }
        char last = marks.charAt(marks.length() - 1);
        boolean lastIsDecimal = marks.indexOf(last) == marks.length() - 1;
        this.example = example;
        this.decimalMark = lastIsDecimal ? last : NONE;
        this.groupMark = marks.charAt(0) == decimalMark ? NONE : marks.charAt(0);
        try {
            if (plain(example).chars().noneMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("the example of a number has no digit; write one like 1.234,56");
            }
        } catch (RefusedValueException e) {
            throw new IllegalArgumentException("the example of a number is none; write one like 1.234,56", e);
        }
    }

    public boolean hasDecimalMark() {
        return decimalMark != NONE;
    }

    /** Returns a number with a point for its decimal mark, and without marks between groups; they may be left out. */
    public String plain(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        StringBuilder plain = new StringBuilder(text.length());
        boolean grouped = false;
        boolean inFraction = false;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = normal(text.charAt(i));
            boolean groupEnds = !inFraction && (!grouped || digits == GROUP_DIGITS);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                digits++;
            } else if ((c == '-' || c == '+') && i == 0) {
                plain.append(c);
            } else if (c == decimalMark && c != NONE && groupEnds) {
                plain.append('.');
                inFraction = true;
            } else if (c == groupMark && c != NONE && groupEnds && digits > 0 && digits <= GROUP_DIGITS) {
                grouped = true;
                digits = 0;
            } else {
                throw malformed(i);
            }
        }
        if (grouped && !inFraction && digits != GROUP_DIGITS) {
            throw malformed(text.length());
        }
        return plain.toString();
    }

    private RefusedValueException malformed(int index) {
        return RefusedValueException.format(
                "not a number like " + Names.quoted(example) + ": character " + (index + 1) + " is not expected there");
    }

    /** Blanks that do not break a line look the same, and are meant so. */
    private static char normal(char c) {
        return c == '\u00A0' || c == '\u202F' ? ' ' : c;
    }
}
