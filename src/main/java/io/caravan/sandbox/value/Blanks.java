package io.caravan.sandbox.value;

/** Blanks around a number, which COPY ignores. */
final class Blanks {

    private Blanks() {}

    static int start(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] == ' ') {
            i++;
        }
        return i;
    }

    static int end(byte[] bytes, int from, int to) {
        int i = to;
        while (i > from && bytes[i - 1] == ' ') {
            i--;
        }
        return i;
    }

    static FieldException invalidDigit(byte[] bytes, int at, int from, int to, String type) {
        String value = at < to ? "Value '" + (char) (bytes[at] & 0xff) + "'" : "Value ''";
        return new FieldException(1207, "Invalid digit, " + value + ", Pos " + (at - from) + ", Type: " + type);
    }
}
