package io.caravan.sandbox.value;

import java.time.Month;
import java.time.Year;

/** {@code YYYY-MM-DD} in bytes. */
final class IsoDate {

    static final int LENGTH = 10;
    /** What no day is. */
    static final int NONE = Integer.MIN_VALUE;

    /** Days from 0000-03-01 to 2000-01-01. */
    private static final int EPOCH = 730_425;

    private IsoDate() {}

    /** Returns the day that ten bytes from here are, counted from 2000-01-01; {@link #NONE} if they are none of the calendar. */
    static int day(byte[] bytes, int from, int to) {
        if (to - from < LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NONE;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        if (year < 1 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        if (day > 28 && day > Month.of(month).length(Year.isLeap(year))) {
            return NONE;
        }
        return day(year, month, day);
    }

    /** Counts years from March on, so that a leap day is the last of its year. */
    private static int day(int year, int month, int day) {
        int y = month < 3 ? year - 1 : year;
        int months = month < 3 ? month + 9 : month - 3;
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * months + 2) / 5 + day - 1 - EPOCH;
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
