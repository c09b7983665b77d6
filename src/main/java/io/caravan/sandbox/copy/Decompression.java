package io.caravan.sandbox.copy;

import com.github.luben.zstd.ZstdInputStream;
import io.caravan.sandbox.command.CopyOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Opens an object in the compression that COPY names; COPY never guesses. */
final class Decompression {

    private Decompression() {}

    static InputStream open(InputStream in, CopyOptions.Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, 64 * 1024);
            case ZSTD -> new ZstdInputStream(in);
            case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(in, 64 * 1024), true);
        };
    }
}
