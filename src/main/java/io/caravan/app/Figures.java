package io.caravan.app;

import java.util.Locale;

/** How figures are written for people, the same in every locale. */
final class Figures {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /** Returns a number with commas between thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns bytes in binary units with one decimal, {@code 1.5 MiB}; below 1 KiB, {@code 512 B}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        // What would be written as 1024.0 belongs to the next unit.
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
