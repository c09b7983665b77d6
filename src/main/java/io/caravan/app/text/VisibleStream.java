package io.caravan.app.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.secret.MaskedText;
import io.caravan.base.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The way out for the log, and for whatever else is written to stderr, line by line as UTF-8: a log line has nothing that a
 * terminal would obey or hide, and nothing that is secret. In JSON the escapes stand for the characters themselves.
 */
public final class VisibleStream extends OutputStream {

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private VisibleStream(OutputStream out) {
        this.out = out;
    }

    public static PrintStream on(OutputStream out) {
        return new PrintStream(new VisibleStream(out), true, UTF_8);
    }

    @Override
    public synchronized void write(int unsignedByte) throws IOException {
        line.write(unsignedByte);
        if (unsignedByte == '\n') {
            writeLine();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        int begin = from;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, begin, i + 1 - begin);
                writeLine();
                begin = i + 1;
            }
        }
        line.write(bytes, begin, from + length - begin);
    }

    private void writeLine() throws IOException {
        out.write(MaskedText.of(VisibleText.lines(line.toString(UTF_8))).getBytes(UTF_8));
        out.flush();
        line.reset();
    }

    /** A line that is not ended yet waits for its end: a flush may cut a character in two. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() throws IOException {
        writeLine();
    }
}
