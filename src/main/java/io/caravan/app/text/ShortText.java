package io.caravan.app.text;

/** Text that is shortened in the middle: the beginning and the end of a key tell most. */
final class ShortText {

    private static final String CUT = "…";

    private ShortText() {}

    /** Returns a text of so many columns of a terminal at most, which are at least 3. */
    static String of(String text, int most) {
        if (TextWidth.of(text) <= most) {
            return text;
        }
        int begin = 0;
        int left = most / 2;
        while (TextWidth.of(text.codePointAt(begin)) <= left) {
            left -= TextWidth.of(text.codePointAt(begin));
            begin = text.offsetByCodePoints(begin, 1);
        }
        int end = text.length();
        left += most - most / 2 - CUT.length();
        while (TextWidth.of(text.codePointBefore(end)) <= left) {
            left -= TextWidth.of(text.codePointBefore(end));
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, begin) + CUT + text.substring(end);
    }
}
