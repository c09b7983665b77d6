package io.caravan.app.text;

/** Text that is shortened in the middle: the beginning and the end of a key tell most. */
final class ShortText {

    private static final String CUT = "…";

    private ShortText() {}

    /** Returns a text of so many characters at most, which are at least 3. */
    static String of(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        int begin = most / 2;
        int end = most - begin - CUT.length();
        return text.substring(0, text.offsetByCodePoints(0, begin))
                + CUT
                + text.substring(text.offsetByCodePoints(text.length(), -end));
    }
}
