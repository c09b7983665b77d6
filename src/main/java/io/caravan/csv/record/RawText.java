package io.caravan.csv.record;

import io.caravan.csv.value.Utf8;

/** A record's text for the dead letters: what cannot be stored is written {@code \xHH}, what is too long is cut. */
public final class RawText {

    /** The most that a VARCHAR of Redshift holds. */
    static final int MAX_BYTES = 65_535;

    static final String CUT = "…[cut]";

    private static final int CUT_BYTES = 8;

    private RawText() {}

    /** Returns what stands in the dead letters for a record of which nothing is kept; {@link RecordText} knows it as one that is cut. */
    public static String leftOut(String reason) {
        return reason + CUT;
    }

    /** Returns a record's text as the dead letters keep it. */
    public static String of(String record) {
        return of(record, MAX_BYTES);
    }

    /** Returns a text so, with no more than so many bytes. */
    public static String of(String text, int maxBytes) {
        return of(text.toCharArray(), 0, text.length(), false, maxBytes);
    }

    /** Returns the characters from an index up to another, and the mark if they are not all of the record. */
    static String of(char[] text, int from, int to, boolean incomplete) {
        return of(text, from, to, incomplete, MAX_BYTES);
    }

    private static String of(char[] text, int from, int to, boolean incomplete, int maxBytes) {
        StringBuilder raw = new StringBuilder(Math.min(to - from, maxBytes));
        int bytes = 0;
        int fitsWithMark = 0;
        for (int i = from; i < to && bytes <= maxBytes; i++) {
            bytes += append(raw, text, i, from, to);
            boolean insidePair = Character.isHighSurrogate(raw.charAt(raw.length() - 1));
            if (bytes <= maxBytes - CUT_BYTES && !insidePair) {
                fitsWithMark = raw.length();
            }
        }
        if (incomplete || bytes > maxBytes) {
            raw.setLength(fitsWithMark);
            raw.append(CUT);
        }
        return raw.toString();
    }

    /** Appends one character, and returns how many bytes of UTF-8 that took. */
    private static int append(StringBuilder raw, char[] text, int index, int from, int to) {
        char c = text[index];
        int before = raw.length();
        if (c == 0) {
            raw.append("\\x00");
        } else if (DecodedText.isLoneSurrogate(text, index, from, to)) {
            raw.append(c >> 8 == 0xDC ? "\\x" : "\\u");
            if (c >> 8 != 0xDC) {
                appendHex(raw, c >> 8);
            }
            appendHex(raw, c & 0xFF);
        } else {
            raw.append(c);
            return Utf8.bytes(c);
        }
        return raw.length() - before;
    }

    private static void appendHex(StringBuilder raw, int value) {
        raw.append(hexDigit(value >> 4)).append(hexDigit(value & 0xF));
    }

    private static char hexDigit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }
}
