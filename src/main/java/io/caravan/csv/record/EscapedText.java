package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads fields with escapes or doubled quotes in them. */
final class EscapedText {

    private static final String POSTGRES_NAMES = "bfnrtv";
    private static final String POSTGRES_CHARACTERS = "\b\f\n\r\t\u000B";
    private static final String MYSQL_NAMES = "0bnrtZ";
    private static final String MYSQL_CHARACTERS = "\0\b\n\r\t\u001A";

    /** A character of three bytes, each as an escape with three octal digits. */
    static final int MOST_CHARS_FOR_ONE = 12;

    private static final int MOST_OCTAL_DIGITS = 3;
    private static final int MOST_HEX_DIGITS = 2;

    private final @Nullable Character quote;
    private final @Nullable Character escape;
    private final Escapes escapes;
    private final boolean readsBytes;

    EscapedText(CsvFormat format) {
        this.quote = format.quote();
        this.escape = format.escape();
        this.escapes = format.escapes();
        this.readsBytes = format.charset().equals(StandardCharsets.UTF_8);
    }

    /** Returns whether a character behind the escape may begin the number of a byte. */
    static boolean mayBeByte(char c, Escapes escapes) {
        return escapes == Escapes.POSTGRES && (c == 'x' || isOctal(c));
    }

    /** Returns whether a text has bytes in it that are no characters. */
    static boolean holdsMarker(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Returns the text of a field; bytes that are no characters are marked in it as {@link DecodedText} marks them. */
    String read(char[] chars, int from, int to, boolean inQuotes) {
        StringBuilder value = new StringBuilder(to - from);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        int i = from;
        while (i < to) {
            char c = chars[i++];
            boolean isEscape = escape != null && c == escape;
            boolean isQuote = inQuotes && quote != null && c == quote;
            if (isEscape && i < to && escapes.haveNames()) {
                int digitsEnd = digitsEnd(chars, i, to);
                if (digitsEnd > i) {
                    addByte(number(chars, i, digitsEnd), bytes, value);
                    i = digitsEnd;
                    continue;
                }
                addBytes(bytes, value);
                value.append(named(chars[i++]));
            } else {
                addBytes(bytes, value);
                value.append((isEscape || isQuote) && i < to ? chars[i++] : c);
            }
        }
        addBytes(bytes, value);
        return value.toString();
    }

    private char named(char c) {
        boolean isPostgres = escapes == Escapes.POSTGRES;
        int name = (isPostgres ? POSTGRES_NAMES : MYSQL_NAMES).indexOf(c);
        return name < 0 ? c : (isPostgres ? POSTGRES_CHARACTERS : MYSQL_CHARACTERS).charAt(name);
    }

    /** Returns where the number of a byte ends that begins at an index, or the index if there is none. */
    private int digitsEnd(char[] chars, int from, int to) {
        if (escapes != Escapes.POSTGRES) {
            return from;
        }
        boolean isHex = chars[from] == 'x';
        int first = isHex ? from + 1 : from;
        int most = Math.min(to, first + (isHex ? MOST_HEX_DIGITS : MOST_OCTAL_DIGITS));
        int end = first;
        while (end < most && (isHex ? isHex(chars[end]) : isOctal(chars[end]))) {
            end++;
        }
        return end == first ? from : end;
    }

    private static int number(char[] chars, int from, int to) {
        boolean isHex = chars[from] == 'x';
        int digits = isHex ? from + 1 : from;
        return Integer.parseInt(new String(chars, digits, to - digits), isHex ? 16 : 8);
    }

    /** Characters of ASCII are one byte; of the others the bytes follow each other. */
    private void addByte(int number, ByteArrayOutputStream bytes, StringBuilder value) {
        if (number >= 0x80 && number <= 0xFF && readsBytes) {
            bytes.write(number);
            return;
        }
        addBytes(bytes, value);
        value.append(number < 0x80 ? (char) number : DecodedText.marker(number));
    }

    private static void addBytes(ByteArrayOutputStream bytes, StringBuilder value) {
        if (bytes.size() == 0) {
            return;
        }
        byte[] all = bytes.toByteArray();
        bytes.reset();
        String text = new String(all, StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), all)) {
            value.append(text);
            return;
        }
        for (byte one : all) {
            value.append(DecodedText.marker(one));
        }
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}
