package io.caravan.sandbox;

import java.time.YearMonth;

/** {@code YYYY-MM-DD} in bytes. */
final class IsoDate {

    static final int LENGTH = 10;

    private IsoDate() {}

    /** Returns whether ten bytes from here are a date of the calendar. */
    static boolean at(byte[] bytes, int from, int to) {
        if (to - from < LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return false;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        if (year < 1 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        return day <= 28 || (day <= 31 && day <= YearMonth.of(year, month).lengthOfMonth());
    }

    /** Returns the number that so many digits make, or -1. */
    static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
