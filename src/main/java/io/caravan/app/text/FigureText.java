package io.caravan.app.text;

import java.time.Duration;
import java.util.Locale;

/** How figures are written for people, the same in every locale. */
public final class FigureText {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private FigureText() {}

    /** Returns a number with commas between thousands. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns bytes in binary units with one decimal, {@code 1.5 MiB}; below 1 KiB, {@code 512 B}. */
    public static String bytes(long bytes) {
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

    /** Returns a span in seconds or, from a minute on, in minutes, with one decimal: {@code 7.5 s}, {@code 1.0 min}. */
    public static String time(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        // What would be written as 60.0 belongs to the next unit.
        return seconds < 59.95
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
