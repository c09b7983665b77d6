package io.caravan.csv.value;

import java.util.regex.Pattern;

/** How numbers are written, told by an example: {@code 1.234,56}, {@code $1,234.50}, {@code 12,5 %}. */
public final class NumberStyle {

    private static final String MARKS = ".,'_ ";
    private static final int GROUP_DIGITS = 3;
    private static final char NONE = '\0';

    /** A sign of money, its letters, or parts of a hundred or a thousand. */
    private static final Pattern UNIT = Pattern.compile("[\\p{Sc}\\p{L}.]*[\\p{Sc}\\p{L}][\\p{Sc}\\p{L}.]*|[%\u2030]");

    private static final String HOW = "; write one like 1.234,56";

    private final String example;

    /** What stands before or behind numbers; empty if nothing does. */
    private final String unit;

    private final char decimalMark;
    private final char groupMark;

    /** How many digits are behind the only mark of the example; 0 if it has more than one. */
    private final int digitsBehindOnlyMark;

    /**
     * Reads an example. Its last separator is the decimal mark, unless it stands there more than once; another one before it
     * groups digits by three. Before or behind them may be a sign, brackets, and a unit.
     *
     * @throws IllegalArgumentException if it does not show how numbers are written
     */
    public NumberStyle(String example) {
        int first = firstDigit(example, 0, 1);
        int last = firstDigit(example, example.length() - 1, -1);
        String before = "";
        String behind = "";
        String core = example;
        if (first < example.length() && last >= 0) {
            int from = first > 0
                            && isDecimal(example.charAt(first - 1))
                            && bare(example.substring(0, first - 1)).isEmpty()
                    ? first - 1
                    : first;
            int to = last + 1 < example.length() && isDecimal(example.charAt(last + 1)) ? last + 2 : last + 1;
            before = bare(example.substring(0, from));
            behind = bare(example.substring(to));
            core = example.substring(from, to);
        }
        String marks = marks(core);
        if (marks.isEmpty() && core.length() == example.length()) {
            throw new IllegalArgumentException("the example of a number has no separator" + HOW);
        }
        this.example = example;
        this.unit = before + behind;
        if (!unit.isEmpty()
                && (!(before.isEmpty() || behind.isEmpty())
                        || !UNIT.matcher(unit).matches())) {
            throw new IllegalArgumentException("the example of a number is none" + HOW);
        }
        char lastMark = marks.isEmpty() ? NONE : marks.charAt(marks.length() - 1);
        boolean lastIsDecimal = lastMark != NONE && marks.indexOf(lastMark) == marks.length() - 1;
        this.decimalMark = lastIsDecimal ? lastMark : NONE;
        this.groupMark = marks.isEmpty() || marks.charAt(0) == decimalMark ? NONE : marks.charAt(0);
        this.digitsBehindOnlyMark = marks.length() == 1 ? core.length() - 1 - indexOfMark(core) : 0;
        try {
            if (plain(example).chars().noneMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("the example of a number has no digit" + HOW);
            }
        } catch (RefusedValueException e) {
            throw new IllegalArgumentException("the example of a number is none" + HOW, e);
        }
    }

    private static int firstDigit(String text, int from, int step) {
        int i = from;
        while (i >= 0 && i < text.length() && !Digits.isOne(text.charAt(i))) {
            i += step;
        }
        return i;
    }

    private static boolean isDecimal(char c) {
        return c == '.' || c == ',';
    }

    /** Returns what stands beside a number without signs, brackets and blanks. */
    private static String bare(String text) {
        return text.chars()
                .filter(c -> !Blanks.isBlank((char) c) && !isSign((char) c) && c != '(' && c != ')')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String marks(String core) {
        return core.chars()
                .map(c -> normal((char) c))
                .filter(c -> MARKS.indexOf(c) >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int indexOfMark(String core) {
        int i = 0;
        while (MARKS.indexOf(normal(core.charAt(i))) < 0) {
            i++;
        }
        return i;
    }

    public boolean hasDecimalMark() {
        return decimalMark != NONE;
    }

    /** Returns whether the only mark of the example may group digits as well. */
    boolean mayGroup() {
        return digitsBehindOnlyMark == GROUP_DIGITS;
    }

    /**
     * Returns a number with a point for its decimal mark, without marks between groups and without the unit, which may both be
     * left out; but for parts of a hundred, which another number would be without. A number in brackets, or with the minus
     * behind it, is below zero.
     */
    public String plain(String value) throws RefusedValueException {
        int from = 0;
        int to = value.length();
        boolean signed = false;
        boolean negative = false;
        boolean united = unit.isEmpty();
        while (true) {
            while (from < to && Blanks.isBlank(value.charAt(from))) {
                from++;
            }
            while (to > from && Blanks.isBlank(value.charAt(to - 1))) {
                to--;
            }
            if (!united && value.regionMatches(true, from, unit, 0, unit.length())) {
                from += unit.length();
                united = true;
            } else if (!united && value.regionMatches(true, to - unit.length(), unit, 0, unit.length())) {
                to -= unit.length();
                united = true;
            } else if (!signed && to - from > 1 && isSign(value.charAt(from))) {
                negative = value.charAt(from++) != '+';
                signed = true;
            } else if (!signed && to - from > 1 && isSign(value.charAt(to - 1))) {
                negative = value.charAt(--to) != '+';
                signed = true;
            } else if (!signed && to - from > 2 && value.charAt(from) == '(' && value.charAt(to - 1) == ')') {
                negative = true;
                signed = true;
                from++;
                to--;
            } else {
                break;
            }
        }
        if (!united && isPart()) {
            throw RefusedValueException.format("not a number like " + Names.quoted(example) + ": there is no " + unit);
        }
        return digits(value, from, to, negative);
    }

    private boolean isPart() {
        return unit.equals("%") || unit.equals("\u2030");
    }

    private String digits(String text, int from, int to, boolean negative) throws RefusedValueException {
        StringBuilder plain = new StringBuilder(to - from + 1).append(negative ? "-" : "");
        boolean grouped = false;
        boolean inFraction = false;
        int digits = 0;
        for (int i = from; i < to; i++) {
            char c = normal(text.charAt(i));
            boolean groupEnds = !inFraction && (!grouped || digits == GROUP_DIGITS);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                digits++;
            } else if (c == decimalMark && c != NONE && groupEnds) {
                plain.append('.');
                inFraction = true;
            } else if (c == groupMark && c != NONE && groupEnds && digits > 0 && digits <= GROUP_DIGITS) {
                grouped = true;
                digits = 0;
            } else {
                throw RefusedValueException.unexpected(problem(), text, i, "is not expected there");
            }
        }
        if (grouped && !inFraction && digits != GROUP_DIGITS) {
            throw RefusedValueException.format(problem() + ": character " + (to + 1) + " is not expected there");
        }
        return plain.toString();
    }

    private String problem() {
        return "not a number like " + Names.quoted(example);
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+' || Blanks.isMinus(c);
    }

    /** Blanks that are narrow or do not break a line are meant as blanks, and an apostrophe of print as one of keyboards. */
    private static char normal(char c) {
        return switch (c) {
            case '\u00A0', '\u202F', '\u2009', '\u2007', '\u2008' -> ' ';
            case '\u2019' -> '\'';
            default -> c;
        };
    }
}
