package io.caravan.bench;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses what is read through it by ZSTD, level 1, and drops that: so getting, compressing and parsing are one loop. */
final class PlainLoop extends FilterInputStream {

    private static final int LEVEL = 1;

    private final OutputStream compressed;

    PlainLoop(InputStream in) throws IOException {
        super(in);
        this.compressed = new ZstdOutputStream(OutputStream.nullOutputStream(), LEVEL);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            compressed.write(bytes, offset, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        super.close();
        compressed.close();
    }
}
