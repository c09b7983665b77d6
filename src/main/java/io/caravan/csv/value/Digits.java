package io.caravan.csv.value;

/** The characters 0 to 9. */
final class Digits {

    private Digits() {}

    static boolean isOne(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns whether there is nothing else from an index up to another. */
    static boolean areAll(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isOne(text[i])) {
                return false;
            }
        }
        return true;
    }
}
