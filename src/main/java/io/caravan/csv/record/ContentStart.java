package io.caravan.csv.record;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of an object's content, looked at before they are decoded: whether they are text, and of a charset that
 * fits the feed's. Says nothing where the bytes may be what the feed says.
 */
final class ContentStart {

    /** So many bytes are looked at. */
    static final int BYTES = ForeignBytes.BYTES;

    private static final int UTF_16_BYTES = 2;
    private static final int UTF_32_BYTES = 4;

    private static final int LAST_PLANE = 0x10;

    /** Of text in UTF-16 at least one character in so many is ASCII: it has line breaks, delimiters and digits. */
    private static final int ZEROS_SHARE = 5;

    private static final int MUCH_MORE = 10;

    private static final int LEAST_BYTES = 4;
    private static final int LEAST_NARROW_BYTES = 6;
    private static final int LEAST_EBCDIC_BYTES = 8;

    /** Blank, comma, point, line breaks and other signs that are common, as bytes of EBCDIC. */
    private static final String EBCDIC_SIGNS = "@K`akmnz|%^O\r\25\5\177";

    private final byte[] bytes;
    private final Charset charset;
    private final boolean isWide;

    private ContentStart(byte[] bytes, Charset charset) {
        this.bytes = bytes;
        this.charset = charset;
        this.isWide = charset.name().contains("UTF-16") || charset.name().contains("UTF-32");
    }

    /**
     * Looks at the first bytes.
     *
     * @param length how many bytes there are; if fewer than {@link #BYTES}, then that is all of the object
     * @throws RejectedObjectException if they are no text, or not of the charset
     */
    static void check(byte[] buffer, int length, Charset charset) {
        new ContentStart(Arrays.copyOf(buffer, Math.min(length, BYTES)), charset).check();
    }

    private void check() {
        @Nullable String marked = marked();
        if (marked != null) {
            checkMark(marked);
            return;
        }
        ForeignBytes.recognise(bytes).ifPresent(reason -> {
            throw new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, reason);
        });
        Optional<String> wide = wide();
        if (wide.isPresent() && !wide.get().equals(assumed())) {
            throw refuse("looks like " + wide.get() + " without a byte order mark", wide.get());
        }
        if (wide.isEmpty() && isWide && isNarrow()) {
            throw refuse("looks like UTF-8", "UTF-8");
        }
        if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
            checkEbcdic();
        }
    }

    /** Returns the charset whose byte order mark stands first; null if none does. */
    private @Nullable String marked() {
        if (begins(0xFF, 0xFE, 0, 0)) {
            return "UTF-32LE";
        }
        if (begins(0, 0, 0xFE, 0xFF)) {
            return "UTF-32BE";
        }
        if (begins(0xFF, 0xFE)) {
            return "UTF-16LE";
        }
        if (begins(0xFE, 0xFF)) {
            return "UTF-16BE";
        }
        return begins(0xEF, 0xBB, 0xBF) ? "UTF-8" : null;
    }

    /** The mark of UTF-8 is skipped in all charsets whose letters are single bytes. */
    private void checkMark(String marked) {
        String family = marked.replaceAll("[BL]E$", "");
        boolean otherOrder = charset.name().endsWith(marked.endsWith("LE") ? "BE" : "LE");
        boolean fits = marked.equals("UTF-8") ? !isWide : charset.name().contains(family) && !otherOrder;
        if (!fits) {
            throw refuse("begins with the byte order mark of " + family, family);
        }
    }

    /** Returns how the decoder reads what has no mark. */
    private String assumed() {
        String family = charset.name().contains("UTF-32") ? "UTF-32" : "UTF-16";
        return isWide ? family + (charset.name().contains("LE") ? "LE" : "BE") : charset.name();
    }

    private RejectedObjectException refuse(String what, String instead) {
        return new RejectedObjectException(
                ErrorCode.OBJECT_CHARSET,
                "the object " + what + ", but the feed's charset is " + charset.name() + "; set the feed's charset to "
                        + instead);
    }

    /** Returns the wide charset whose zero bytes these are. */
    private Optional<String> wide() {
        if (bytes.length < LEAST_BYTES) {
            return Optional.empty();
        }
        if (bytes.length >= 2 * UTF_32_BYTES) {
            if (areUnits(UTF_32_BYTES, true)) {
                return Optional.of("UTF-32BE");
            }
            if (areUnits(UTF_32_BYTES, false)) {
                return Optional.of("UTF-32LE");
            }
        }
        if (areUnits(UTF_16_BYTES, true)) {
            return Optional.of("UTF-16BE");
        }
        return areUnits(UTF_16_BYTES, false) ? Optional.of("UTF-16LE") : Optional.empty();
    }

    /**
     * Returns whether the bytes come in units of characters: of UTF-32 the highest byte of each is zero; of UTF-16 it is for
     * many, which are ASCII then, while the lower byte is for hardly any, and pairs of ASCII, as other text has them, are few.
     */
    private boolean areUnits(int size, boolean bigEndian) {
        int units = bytes.length / size;
        int zeros = 0;
        int zerosBelow = 0;
        int pairs = 0;
        for (int i = 0; i < units; i++) {
            int high = unit(i, size, bigEndian, 0);
            int low = unit(i, size, bigEndian, size - 1);
            boolean isCharacter = size == UTF_16_BYTES
                    ? high != 0 || isAscii(low)
                    : high == 0 && unit(i, size, bigEndian, 1) <= LAST_PLANE && hasCharacter(i, bigEndian);
            if (!isCharacter) {
                return false;
            }
            zeros += high == 0 ? 1 : 0;
            zerosBelow += low == 0 ? 1 : 0;
            pairs += isAscii(high) && isAscii(low) ? 1 : 0;
        }
        boolean isMostly = zeros * ZEROS_SHARE >= units && zerosBelow * MUCH_MORE <= zeros && zeros > pairs;
        return zeros >= 2 && (size == UTF_32_BYTES || isMostly);
    }

    private boolean hasCharacter(int unit, boolean bigEndian) {
        return (unit(unit, UTF_32_BYTES, bigEndian, 1)
                        | unit(unit, UTF_32_BYTES, bigEndian, 2)
                        | unit(unit, UTF_32_BYTES, bigEndian, 3))
                != 0;
    }

    /** Returns a byte of a unit, the highest first. */
    private int unit(int unit, int size, boolean bigEndian, int index) {
        return bytes[unit * size + (bigEndian ? index : size - 1 - index)] & 0xFF;
    }

    /** Returns whether it is ASCII or UTF-8: without a zero byte no wide charset has a line break or a delimiter. */
    private boolean isNarrow() {
        if (bytes.length < LEAST_NARROW_BYTES) {
            return false;
        }
        int ascii = 0;
        boolean hasBreak = false;
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
            ascii += isAscii(b) ? 1 : 0;
            hasBreak |= b == '\n' || b == '\r';
        }
        return hasBreak && ascii * 2 > bytes.length && isUtf8();
    }

    /** ASCII has its digits where EBCDIC has letters, and no comma, blank or line feed is one in both. */
    private void checkEbcdic() {
        int known = 0;
        int letters = 0;
        for (byte b : bytes) {
            int c = b & 0xFF;
            if (c == ' ' || c == ',' || c == '\n') {
                return;
            }
            boolean isLetter = (c >= 0x81 && (c & 0xF) >= 1 && (c & 0xF) <= 9 && c <= 0xE9) || (c >= 0xF0 && c <= 0xF9);
            letters += isLetter ? 1 : 0;
            known += isLetter || EBCDIC_SIGNS.indexOf(c) >= 0 ? 1 : 0;
        }
        if (bytes.length >= LEAST_EBCDIC_BYTES
                && letters * 2 > bytes.length
                && known * 20 >= bytes.length * 19
                && !isUtf8()) {
            throw refuse("looks like EBCDIC", "the one that it was written in, such as IBM1047 or IBM037");
        }
    }

    private static boolean isAscii(int b) {
        return (b >= ' ' && b < 0x7F) || b == '\t' || b == '\n' || b == '\r' || b == 1;
    }

    /** The last character may be cut. */
    private boolean isUtf8() {
        for (int cut = 0; cut < UTF_32_BYTES && cut < bytes.length; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                if (bytes.length < BYTES) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean begins(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
