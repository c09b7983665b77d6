package io.caravan.csv.detect;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** The beginning of an object. */
public final class Sample {

    private final String name;
    private final byte[] content;
    private final boolean isWhole;

    /**
     * Takes a beginning.
     *
     * @param name for people
     * @param content decompressed; not copied
     * @param isWhole whether that is all of the object
     */
    public Sample(String name, byte[] content, boolean isWhole) {
        this.name = requireNonNull(name, "name");
        this.content = requireNonNull(content, "content");
        this.isWhole = isWhole;
    }

    /**
     * Reads a beginning.
     *
     * @param content decompressed; read on from where it is, and left open
     * @param most how many bytes are taken
     */
    public static Sample read(String name, InputStream content, int most) throws IOException {
        byte[] beginning = content.readNBytes(most);
        return new Sample(name, beginning, beginning.length < most || content.read() < 0);
    }

    public String name() {
        return name;
    }

    /** Returns the bytes themselves. */
    public byte[] content() {
        return content;
    }

    public boolean isWhole() {
        return isWhole;
    }

    /** Returns how many lines there are; the last one need not have an end. */
    long lines(Charset charset) {
        long lines = 0;
        boolean isOpen = false;
        boolean afterReturn = false;
        String text = new String(content, charset);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBreak = c == '\r' || (c == '\n' && !afterReturn);
            lines += isBreak ? 1 : 0;
            isOpen = c != '\r' && c != '\n';
            afterReturn = c == '\r';
        }
        return isOpen ? lines + 1 : lines;
    }
}
