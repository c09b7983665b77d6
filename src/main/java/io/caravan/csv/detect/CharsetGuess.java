package io.caravan.csv.detect;

import io.caravan.csv.guess.Confidence;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The charset that samples seem to be of. UTF-8 shows itself; what is not of it may be any of those that give every byte a
 * meaning, and is judged by the words that come out.
 *
 * @param reason why, for people
 */
record CharsetGuess(Charset charset, Confidence confidence, String reason) {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MARK_BYTES = 4;

    /** In text of UTF-16 at least so many of a hundred bytes of one kind, of even or odd place, are zero. */
    private static final int ZERO_PERCENT = 20;

    private static final int FEW_BYTES = 4;
    private static final double FEW_MARGIN = 0.7;
    private static final double MARGIN = 0.05;

    /** Bytes that make little sense in any of them were damaged before. */
    private static final double LEAST_SCORE = 0.8;

    /** Of text in these at least one letter in so many is of it. */
    private static final int LEAST_SHARE = 10;

    /** Those of several bytes, which random bytes hardly ever are, and then single bytes from common to rare. */
    private static final List<String> WIDE = List.of("Shift_JIS", "EUC-JP", "EUC-KR", "GB18030", "Big5");

    private static final List<String> NARROW = List.of(
            "windows-1252",
            "windows-1250",
            "windows-1251",
            "windows-1253",
            "windows-1254",
            "KOI8-R",
            "IBM850",
            "IBM866",
            "x-MacRoman",
            "ISO-8859-2");

    static CharsetGuess of(List<Sample> samples) {
        for (Sample sample : samples) {
            Optional<CharsetGuess> marked = wide(sample.content());
            if (marked.isPresent()) {
                return marked.get();
            }
        }
        if (samples.stream().allMatch(sample -> isAscii(sample.content()))) {
            return new CharsetGuess(StandardCharsets.UTF_8, Confidence.SURE, "all bytes are ASCII");
        }
        if (samples.stream().allMatch(sample -> invalid(sample, StandardCharsets.UTF_8) == 0)) {
            return new CharsetGuess(
                    StandardCharsets.UTF_8, Confidence.SURE, "all bytes are of it, and some are not ASCII");
        }
        return ofWords(samples);
    }

    private static Optional<CharsetGuess> wide(byte[] bytes) {
        if (starts(bytes, 0xFF, 0xFE, 0, 0) || starts(bytes, 0, 0, 0xFE, 0xFF)) {
            return Optional.of(marked("UTF-32"));
        }
        if (starts(bytes, 0xFF, 0xFE) || starts(bytes, 0xFE, 0xFF)) {
            return Optional.of(marked("UTF-16"));
        }
        int length = Math.min(bytes.length, MOST_BYTES);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                even += i % 2 == 0 ? 1 : 0;
                odd += i % 2 == 0 ? 0 : 1;
            }
        }
        int least = Math.max(1, length / 2 * ZERO_PERCENT / 100);
        if (length < MARK_BYTES || Math.max(even, odd) < least || Math.min(even, odd) * 10 > Math.max(even, odd)) {
            return Optional.empty();
        }
        Charset charset = even > odd ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return Optional.of(new CharsetGuess(charset, Confidence.SURE, "zeros beside every letter"));
    }

    private static CharsetGuess marked(String name) {
        return new CharsetGuess(Charset.forName(name), Confidence.SURE, "its byte order mark");
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static CharsetGuess ofWords(List<Sample> samples) {
        long high = 0;
        long broken = 0;
        for (Sample sample : samples) {
            high += highBytes(sample.content());
            broken += invalid(sample, StandardCharsets.UTF_8);
        }
        if (broken * 20 < high) {
            return new CharsetGuess(
                    StandardCharsets.UTF_8,
                    Confidence.LIKELY,
                    "nearly all bytes are of it; records with others are rejected");
        }
        for (String name : WIDE) {
            Charset charset = Charset.forName(name);
            if (high >= 8
                    && samples.stream().allMatch(sample -> invalid(sample, charset) == 0)
                    && isEastAsian(samples, charset)) {
                return new CharsetGuess(charset, Confidence.LIKELY, "all bytes are of it, and common signs come out");
            }
        }
        Charset best = Charset.forName("windows-1252");
        double bestScore = WordScore.of(samples, best);
        double first = bestScore;
        for (String name : NARROW) {
            Charset charset = Charset.forName(name);
            double score = WordScore.of(samples, charset);
            // What a few bytes say is not much.
            double margin = high < FEW_BYTES ? FEW_MARGIN : MARGIN;
            if (score > LEAST_SCORE && score > Math.max(bestScore + MARGIN, first + margin)) {
                best = charset;
                bestScore = score;
            }
        }
        return new CharsetGuess(
                best,
                bestScore > 0.9 && (best.name().equals("windows-1252") || bestScore > first + 0.2)
                        ? Confidence.LIKELY
                        : Confidence.GUESS,
                "some bytes are not of UTF-8, and the words make sense so");
    }

    /** Of text in these, most characters that are not ASCII are common ones. */
    private static boolean isEastAsian(List<Sample> samples, Charset charset) {
        long common = 0;
        long all = 0;
        long ascii = 0;
        long kanas = 0;
        for (Sample sample : samples) {
            String text = text(sample, charset);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                ascii += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
                if (c >= 0x80) {
                    all++;
                    boolean isKana = c >= 0x3040 && c <= 0x30FF;
                    boolean isHangul = c >= 0xAC00 && c <= 0xD7A3;
                    boolean isHan = c >= 0x4E00 && c <= 0x9FFF;
                    boolean isSign = (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
                    boolean fits =
                            switch (charset.name()) {
                                case "Shift_JIS", "EUC-JP" -> isKana || isHan || isSign;
                                case "EUC-KR" -> isHangul || isSign;
                                default -> isHan || isSign;
                            };
                    common += fits ? 1 : 0;
                    kanas += isKana ? 1 : 0;
                }
            }
        }
        // No text of Japanese is without its syllables.
        boolean isJapanese =
                charset.name().equals("Shift_JIS") || charset.name().equals("EUC-JP");
        return all > 0
                && common * 100 >= all * 95
                && common * LEAST_SHARE >= ascii
                && (!isJapanese || kanas * LEAST_SHARE >= common);
    }

    static String text(Sample sample, Charset charset) {
        return new String(sample.content(), 0, Math.min(sample.content().length, MOST_BYTES), charset);
    }

    private static boolean isAscii(byte[] bytes) {
        return highBytes(bytes) == 0;
    }

    private static long highBytes(byte[] bytes) {
        long high = 0;
        for (byte b : bytes) {
            high += b < 0 ? 1 : 0;
        }
        return high;
    }

    /** Returns how many characters are none; one that is cut by the end of a sample is not counted. */
    private static long invalid(Sample sample, Charset charset) {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(sample.content());
        CharBuffer out = CharBuffer.allocate(1 << 13);
        long invalid = 0;
        while (true) {
            CoderResult result = decoder.decode(in, out, sample.isWhole());
            out.clear();
            if (result.isUnderflow()) {
                return invalid;
            }
            if (result.isError()) {
                invalid++;
                in.position(in.position() + result.length());
            }
        }
    }
}
