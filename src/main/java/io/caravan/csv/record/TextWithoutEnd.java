package io.caravan.csv.record;

import static io.caravan.base.ErrorCode.OBJECT_UNREADABLE_CSV;

import io.caravan.base.RejectedObjectException;
import java.util.Arrays;

/**
 * The characters of an object without its last lines, whatever stands in these. Those that may be of the last lines are held
 * back until others follow, so memory use is bounded by the length of so many lines, up to a limit.
 */
final class TextWithoutEnd {

    private static final int FIRST_CHARS = 32 * 1024;

    private final DecodedText text;
    private final int maxChars;

    /** Where the last lines begin, as far as they are known, as positions in the object; the oldest is the next to go. */
    private final long[] starts;

    private long lines;
    private boolean isLineStart = true;
    private boolean followsCarriageReturn;
    private boolean hasEnded;

    private char[] held = new char[FIRST_CHARS];
    private int from;
    private int to;

    /** Position in the object of the first character that is held. */
    private long position;

    /**
     * Holds nothing yet.
     *
     * @param lines how many lines are left out; at least 1
     * @param maxChars how many characters these may have together
     */
    TextWithoutEnd(DecodedText text, int lines, int maxChars) {
        this.text = text;
        this.starts = new long[lines];
        this.maxChars = Math.max(maxChars, FIRST_CHARS);
    }

    /** Reads as {@link DecodedText#read} does. */
    int read(char[] target, int offset, int room) {
        while (true) {
            int count = (int) Math.min(room, released() - position);
            if (count > 0) {
                System.arraycopy(held, from, target, offset, count);
                from += count;
                position += count;
                return count;
            }
            if (hasEnded) {
                return -1;
            }
            hold();
        }
    }

    /** Returns how many lines are left out, once all is read. */
    long linesLeftOut() {
        return Math.min(lines, starts.length);
    }

    /** Returns up to which position no character can be of the last lines. */
    private long released() {
        return lines < starts.length ? 0 : starts[(int) (lines % starts.length)];
    }

    private void hold() {
        System.arraycopy(held, from, held, 0, to - from);
        to -= from;
        from = 0;
        if (to > maxChars) {
            throw new RejectedObjectException(
                    OBJECT_UNREADABLE_CSV,
                    "the lines that the feed's skipLastLines leaves out have more characters than its maxRecordChars, "
                            + maxChars + "; lower the one, or raise the other");
        }
        if (held.length - to < FIRST_CHARS / 2) {
            held = Arrays.copyOf(held, 2 * held.length);
        }
        int count = text.read(held, to, held.length - to);
        if (count < 0) {
            hasEnded = true;
            return;
        }
        for (int i = to; i < to + count; i++) {
            note(held[i], position + i);
        }
        to += count;
    }

    private void note(char c, long at) {
        if (isLineStart && !(followsCarriageReturn && c == '\n')) {
            starts[(int) (lines % starts.length)] = at;
            lines++;
        }
        followsCarriageReturn = c == '\r';
        isLineStart = c == '\n' || c == '\r';
    }
}
