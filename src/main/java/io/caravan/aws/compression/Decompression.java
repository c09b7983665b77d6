package io.caravan.aws.compression;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * How an object is compressed, recognised by its first bytes and not by its name. Every kind but ZIP may consist of several
 * streams, one after the other; anything else behind a stream is damage, but for zeros behind gzip.
 */
enum Decompression {
    NONE("") {
        @Override
        InputStream open(InputStream compressed) {
            return compressed;
        }
    },
    /** <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>. */
    GZIP("gzip") {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new GzipMembers(compressed);
        }
    },
    BZIP2("bzip2") {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new BZip2CompressorInputStream(new BufferedInputStream(compressed, BUFFER_BYTES), true);
        }
    },
    /** <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>. */
    ZSTD("zstd") {
        @Override
        InputStream open(InputStream compressed) {
            return new ZstdFrames(compressed);
        }
    },
    /** <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a>. */
    ZIP("ZIP") {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new ZipMember(compressed);
        }
    };

    /** How many first bytes of an object tell its compression. */
    static final int MAGIC_BYTES = 10;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String label;

    Decompression(String label) {
        this.label = label;
    }

    /** Returns the name that people know it by; empty for {@link #NONE}. */
    String label() {
        return label;
    }

    /** Recognises a compression by the first {@link #MAGIC_BYTES} of an object, or all of a shorter one. */
    static Decompression recognise(byte[] start) {
        String magic = HexFormat.of().formatHex(start);
        if (magic.startsWith("1f8b")) {
            return GZIP;
        }
        // "BZh", the level, and then the mark of a block or of the end.
        if (magic.matches("425a683[1-9](314159265359|177245385090)")) {
            return BZIP2;
        }
        // A frame, or a skippable frame, which pzstd and seekable archives begin with.
        if (magic.startsWith("28b52ffd") || magic.matches("5[0-9a-f]2a4d18.*")) {
            return ZSTD;
        }
        // A file's header, or the end of an archive without files.
        if (magic.startsWith("504b0304") || magic.startsWith("504b0506")) {
            return ZIP;
        }
        return NONE;
    }

    /**
     * Opens what is compressed.
     *
     * @throws IOException if it is not what {@link #recognise} took it for
     */
    abstract InputStream open(InputStream compressed) throws IOException;
}
