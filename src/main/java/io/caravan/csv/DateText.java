package io.caravan.csv;

import static io.caravan.csv.RefusedValueException.outOfRange;

import java.time.YearMonth;

/** Parts of dates and times at fixed places of a text. Only the digits 0 to 9 are digits. */
final class DateText {

    /** How long {@code YYYY-MM-DD} is. */
    static final int DATE_CHARS = 10;

    private DateText() {}

    /** Returns whether the text has digits at all places from an index up to another. */
    static boolean hasDigits(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Returns the number that the digits from an index up to another are. */
    static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    /** Returns whether the text has a character at an index. */
    static boolean hasAt(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    /** Returns whether the text begins with what looks like {@code YYYY-MM-DD}. */
    static boolean startsWithDate(String text) {
        return hasDigits(text, 0, 4)
                && hasAt(text, 4, '-')
                && hasDigits(text, 5, 7)
                && hasAt(text, 7, '-')
                && hasDigits(text, 8, DATE_CHARS);
    }

    /** Checks that the date at the beginning of the text exists. */
    static void checkDate(String text) throws RefusedValueException {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE_CHARS);
        if (year == 0) {
            throw outOfRange("there is no year 0");
        }
        if (month < 1 || month > 12) {
            throw outOfRange("the month is not between 01 and 12");
        }
        if (day < 1 || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
            throw outOfRange("the month has no such day");
        }
    }
}
