package io.caravan.bench;

import java.util.Locale;

/**
 * What was measured for a goal, beside the goal itself.
 *
 * @param what the figure, as a thing over another where it is a ratio
 * @param measured the figure
 * @param bound on which side of the goal it should be
 * @param goal what it should be
 * @param unit of both; empty for ratios
 */
record Finding(String what, double measured, Bound bound, double goal, String unit) {

    /** On which side of a goal a figure should be. */
    enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** Returns a ratio that should be small. */
    static Finding atMost(double goal, String what, double ratio) {
        return new Finding(what, ratio, Bound.AT_MOST, goal, "");
    }

    /** Returns a ratio that should be large. */
    static Finding atLeast(double goal, String what, double ratio) {
        return new Finding(what, ratio, Bound.AT_LEAST, goal, "");
    }

    boolean isReached() {
        return bound == Bound.AT_MOST ? measured <= goal : measured >= goal;
    }

    String measuredText() {
        return String.format(Locale.ROOT, "%.2f%s", measured, unit);
    }

    String goalText() {
        return String.format(Locale.ROOT, "%s %s%s", bound.sign, plain(goal), unit);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && value > 2 ? Long.toString((long) value) : Double.toString(value);
    }
}
