package io.caravan.aws.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A ZIP archive as it is stored, which is looked at once more when it has been read to its end: whoever reads on and on would not
 * see that its end is missing, or that another archive follows.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, 4.3.16: end of central directory record</a>
 */
final class ZipTail extends FilterInputStream {

    private static final int SIGNATURE = 0x06054b50;
    private static final int RECORD_BYTES = 22;
    private static final int COUNT_AT = 10;
    private static final int DIRECTORY_BYTES_AT = 12;
    private static final int DIRECTORY_OFFSET_AT = 16;
    private static final int COMMENT_BYTES_AT = 20;
    private static final int KEPT = RECORD_BYTES + 0xffff;

    /** The last bytes, the next one to be written at {@code count % KEPT}. */
    private final byte[] last = new byte[KEPT];

    private long count;

    ZipTail(InputStream archive) {
        super(archive);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            last[(int) (count++ % KEPT)] = (byte) read;
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        int read = super.read(bytes, offset, wanted);
        int from = Math.max(0, read - KEPT);
        count += from;
        while (from < read) {
            int place = (int) (count % KEPT);
            int length = Math.min(read - from, KEPT - place);
            System.arraycopy(bytes, offset + from, last, place, length);
            from += length;
            count += length;
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return read(new byte[(int) Math.min(bytes, 1 << 13)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /**
     * Reads to the end.
     *
     * @param entries how many the archive must have
     * @throws IOException if it does not end there as one does
     */
    void finish(int entries) throws IOException {
        byte[] rest = new byte[1 << 13];
        int read = 0;
        while (read >= 0) {
            read = read(rest, 0, rest.length);
        }
        for (int comment = 0; comment <= 0xffff && comment + RECORD_BYTES <= count; comment++) {
            long at = count - RECORD_BYTES - comment;
            if (number(at, 4) == SIGNATURE && number(at + COMMENT_BYTES_AT, 2) == comment) {
                boolean isOwn = number(at + DIRECTORY_OFFSET_AT, 4) + number(at + DIRECTORY_BYTES_AT, 4) == at
                        && number(at + COUNT_AT, 2) == entries;
                if (isOwn) {
                    return;
                }
            }
        }
        throw new IOException("it does not end with a list of what it holds, or something else is behind that");
    }

    private long number(long at, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = (number << 8) | (last[(int) ((at + i) % KEPT)] & 0xff);
        }
        return number;
    }
}
