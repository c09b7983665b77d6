package io.caravan.app.text;

import java.util.List;

/**
 * How many columns of a terminal a text takes. Ideographs, kana, Hangul and most emoji take two, and marks none.
 *
 * @see <a href="https://www.unicode.org/reports/tr11/">East Asian Width</a>
 */
final class TextWidth {

    private record Range(int first, int last) {}

    /** Wide characters, but for single signs among others. */
    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115f),
            new Range(0x2e80, 0x303e),
            new Range(0x3041, 0xa4cf),
            new Range(0xa960, 0xa97c),
            new Range(0xac00, 0xd7a3),
            new Range(0xf900, 0xfaff),
            new Range(0xfe30, 0xfe6f),
            new Range(0xff01, 0xff60),
            new Range(0xffe0, 0xffe6),
            new Range(0x1f300, 0x1f64f),
            new Range(0x1f680, 0x1f6ff),
            new Range(0x1f900, 0x1f9ff),
            new Range(0x1fa70, 0x1faff),
            new Range(0x20000, 0x3fffd));

    private TextWidth() {}

    /** Returns the columns of a text that {@link io.caravan.base.VisibleText} has made visible. */
    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** Returns the columns of a character: 0, 1 or 2. */
    static int of(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return WIDE.stream().anyMatch(range -> range.first() <= codePoint && codePoint <= range.last()) ? 2 : 1;
    }
}
