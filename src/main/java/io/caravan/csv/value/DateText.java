package io.caravan.csv.value;

import static io.caravan.csv.value.RefusedValueException.outOfRange;

import java.time.YearMonth;

/** Parts of dates and times at fixed places of a text. Only the digits 0 to 9 are digits. */
final class DateText {

    /** How long {@code YYYY-MM-DD} is. */
    static final int DATE_CHARS = 10;

    /** How many days the months have in every year. */
    private static final int[] DAYS_OF_EVERY_YEAR = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private DateText() {}

    /** Returns whether the text has digits at all places from an index up to another. */
    static boolean hasDigits(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Digits.isOne(text.charAt(i))) {
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

    /** Returns whether a date begins at an index, one that is there in every year, of the year 1000 or later. */
    static boolean isUsualDate(char[] text, int from) {
        if (!Digits.areAll(text, from, from + 4)
                || text[from + 4] != '-'
                || !Digits.areAll(text, from + 5, from + 7)
                || text[from + 7] != '-'
                || !Digits.areAll(text, from + 8, from + DATE_CHARS)) {
            return false;
        }
        int month = number(text, from + 5);
        int day = number(text, from + 8);
        return text[from] != '0' && month >= 1 && month <= 12 && day >= 1 && day <= DAYS_OF_EVERY_YEAR[month - 1];
    }

    /** Returns the number that two digits are. */
    static int number(char[] text, int from) {
        return 10 * (text[from] - '0') + (text[from + 1] - '0');
    }
}
