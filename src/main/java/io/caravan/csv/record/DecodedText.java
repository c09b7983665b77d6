package io.caravan.csv.record;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The characters of an object. A byte that is not of the charset becomes a marker, U+DC00 plus the byte: a low surrogate
 * without its high one, which no valid text can hold. So nothing is lost, and nothing looks like text that was not there.
 */
final class DecodedText {

    /** The least room that {@link #read} needs: a pair of surrogates comes as one. */
    static final int MIN_ROOM = 2;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final char MARKER = 0xDC00;

    /** Charsets whose decoders are known never to give a lone surrogate. */
    private static final Set<Charset> TRUSTED = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.US_ASCII);

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final boolean trusted;

    /** As far as a malformed sequence is marked at once; what follows may be a line break, and is decoded anew. */
    private final int unitBytes;

    private int bytesToMark;
    private boolean started;
    private boolean inputEnded;
    private boolean flushed;
    private long charsRead;
    private long lastMarker = -1;

    DecodedText(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.unitBytes = charset.name().contains("UTF-32") ? 4 : charset.name().contains("UTF-16") ? 2 : 1;
        this.trusted = TRUSTED.contains(charset);
    }

    Charset charset() {
        return charset;
    }

    /** Returns whether the characters from this position on, counted from 0, may hold a marker. */
    boolean mayHoldMarkerFrom(long position) {
        return !trusted || lastMarker >= position;
    }

    /** Returns whether the character at an index is a surrogate without its partner. */
    static boolean isLoneSurrogate(char[] text, int index, int from, int to) {
        char c = text[index];
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? index + 1 >= to || !Character.isLowSurrogate(text[index + 1])
                : index <= from || !Character.isHighSurrogate(text[index - 1]);
    }

    /** Returns what marks a byte, of which the lowest eight bits count. */
    static char marker(int oneByte) {
        return (char) (MARKER + (oneByte & 0xFF));
    }

    /**
     * Reads at least one character.
     *
     * @param room at least {@link #MIN_ROOM}
     * @return how many characters, or -1 at the end of the object
     */
    int read(char[] target, int offset, int room) {
        if (!started) {
            start();
        }
        CharBuffer out = CharBuffer.wrap(target, offset, room);
        while (out.position() == offset && !flushed) {
            decode(out);
        }
        int count = out.position() - offset;
        charsRead += count;
        return count == 0 ? -1 : count;
    }

    private void decode(CharBuffer out) {
        int from = out.position();
        while (bytesToMark == 0 || !markBytes(out, from)) {
            CoderResult result = decoder.decode(bytes, out, inputEnded);
            if (result.isError()) {
                bytesToMark = result.isMalformed() ? Math.min(result.length(), unitBytes) : result.length();
            } else if (result.isOverflow() || out.position() > from) {
                return;
            } else if (inputEnded) {
                decoder.flush(out);
                flushed = true;
                return;
            } else {
                fill();
            }
        }
    }

    /** Writes the bytes as markers, and returns whether there was no room for all of them. */
    private boolean markBytes(CharBuffer out, int from) {
        while (bytesToMark > 0 && out.hasRemaining()) {
            lastMarker = charsRead + (out.position() - from);
            out.put(marker(bytes.get()));
            bytesToMark--;
        }
        return !out.hasRemaining();
    }

    private void fill() {
        bytes.compact();
        try {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (count < 0) {
                inputEnded = true;
            } else {
                bytes.position(bytes.position() + count);
            }
        } catch (IOException e) {
            throw new RetryableException(ErrorCode.OBJECT_READ_FAILED, "the object could not be read to its end", e);
        } finally {
            bytes.flip();
        }
    }

    private void start() {
        started = true;
        while (bytes.remaining() < ContentStart.BYTES && !inputEnded) {
            fill();
        }
        ContentStart.check(bytes.array(), bytes.limit(), charset);
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
        }
    }

    private boolean startsWith(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.remaining() <= i || (bytes.get(i) & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
