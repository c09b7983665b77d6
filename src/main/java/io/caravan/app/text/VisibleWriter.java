package io.caravan.app.text;

import io.caravan.base.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The way out for all that commands print: whatever a text holds, a terminal gets nothing of it that it would obey or hide. */
public final class VisibleWriter extends FilterWriter {

    /** The first half of a pair whose second half comes with the next piece; 0 if there is none. */
    private char half;

    private VisibleWriter(Writer out) {
        super(out);
    }

    /** Returns a writer over another one that is flushed at each line's end. */
    public static PrintWriter on(Writer out) {
        return new PrintWriter(new VisibleWriter(out), true);
    }

    @Override
    public void write(int character) throws IOException {
        write(new char[] {(char) character}, 0, 1);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.toCharArray(), from, length);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        String piece = (half == 0 ? "" : String.valueOf(half)) + new String(text, from, length);
        char last = piece.charAt(piece.length() - 1);
        half = Character.isHighSurrogate(last) ? last : 0;
        out.write(VisibleText.lines(half == 0 ? piece : piece.substring(0, piece.length() - 1)));
    }
}
