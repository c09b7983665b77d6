package io.caravan.aws.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionTest {

    private static final String URI = "s3://bucket/orders.csv";
    private static final byte[] SMALL = "id,name\n1,Ada\n2,Grace\n".getBytes(UTF_8);
    private static final byte[] LARGE = large();

    private enum Codec {
        GZIP {
            @Override
            byte[] compress(byte[] plain) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (OutputStream out = new GZIPOutputStream(bytes)) {
                    out.write(plain);
                }
                return bytes.toByteArray();
            }
        },
        BZIP2 {
            @Override
            byte[] compress(byte[] plain) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (OutputStream out = new BZip2CompressorOutputStream(bytes, 1)) {
                    out.write(plain);
                }
                return bytes.toByteArray();
            }
        },
        ZSTD {
            @Override
            byte[] compress(byte[] plain) {
                return new com.github.luben.zstd.ZstdCompressCtx()
                        .setChecksum(true)
                        .compress(plain);
            }
        };

        abstract byte[] compress(byte[] plain) throws IOException;
    }

    @Test
    void whatIsNotCompressedIsLeftAsItIs() throws IOException {
        assertThat(read(SMALL)).isEqualTo(SMALL);
        assertThat(read(LARGE)).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "i", "id", "BZh", "BZh9,name\n1,2\n", "PK,name\n1,2\n", "\u001f", "(µ/ý"})
    void textThatLooksABitLikeACompressionIsLeftAsItIs(String text) throws IOException {
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void compressionIsRecognisedByContent(Codec codec) throws IOException {
        assertThat(read(codec.compress(SMALL))).isEqualTo(SMALL);
        assertThat(read(codec.compress(LARGE))).isEqualTo(LARGE);
        assertThat(read(codec.compress(new byte[0]))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void streamsOneAfterTheOtherAreReadToTheLast(Codec codec) throws IOException {
        byte[] parts = concat(
                codec.compress(SMALL), codec.compress(new byte[0]), codec.compress(LARGE), codec.compress(SMALL));

        assertThat(read(parts)).isEqualTo(concat(SMALL, LARGE, SMALL));
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void bytesThatComeOneByOneMakeNoDifference(Codec codec) throws IOException {
        byte[] parts = concat(codec.compress(SMALL), codec.compress(SMALL));

        assertThat(DecompressedContent.open(new DripStream(parts), URI).readAllBytes())
                .isEqualTo(concat(SMALL, SMALL));
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aStreamThatIsCutAnywhereIsRejected(Codec codec) throws IOException {
        byte[] whole = concat(codec.compress(SMALL), codec.compress(SMALL));
        int first = codec.compress(SMALL).length;

        for (int length = Decompression.MAGIC_BYTES; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == first) {
                assertThat(read(cut)).isEqualTo(SMALL);
            } else {
                assertRejected(cut, codec);
            }
        }
    }

    @Test
    void aWindowOfZstdThatTakesTooMuchMemoryIsRejected() throws IOException {
        for (int window : List.of(10, 20, 23, 26)) {
            assertThat(read(zstd(window))).isEqualTo(LARGE);
            assertThat(read(concat(Codec.ZSTD.compress(SMALL), zstd(window)))).isEqualTo(concat(SMALL, LARGE));
        }
        for (byte[] hostile : List.of(
                zstd(27),
                concat(Codec.ZSTD.compress(SMALL), zstd(27)),
                concat(skippable(7), Codec.ZSTD.compress(LARGE), skippable(3), zstd(27)))) {
            assertThatThrownBy(() -> read(hostile))
                    .isInstanceOfSatisfying(RejectedObjectException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.OBJECT_COMPRESSION))
                    .hasMessageContaining("134217728 bytes")
                    .hasMessageContaining("67108864");
            assertThatThrownBy(() -> DecompressedContent.open(new DripStream(hostile), URI)
                            .readAllBytes())
                    .isInstanceOf(RejectedObjectException.class);
        }
    }

    @Test
    void aHeaderOfGzipThatDoesNotEndIsRejected() throws IOException {
        byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        byte[] deflated = Codec.GZIP.compress(SMALL);
        byte[] rest = Arrays.copyOfRange(deflated, 10, deflated.length);
        byte[] name = new byte[100_000];
        Arrays.fill(name, (byte) 'n');
        assertThat(read(concat(header, name, new byte[1], rest))).isEqualTo(SMALL);

        byte[] tooLong = new byte[2_000_000];
        Arrays.fill(tooLong, (byte) 'n');
        for (byte[] before : List.of(new byte[0], deflated)) {
            assertThatThrownBy(() -> read(concat(before, header, tooLong, new byte[1], rest)))
                    .isInstanceOf(RejectedObjectException.class)
                    .hasMessageContaining("header of more than");
        }
    }

    /** A frame whose header asks for a window of this many bits. */
    private static byte[] zstd(int window) {
        byte[] frame = new com.github.luben.zstd.ZstdCompressCtx()
                .setContentSize(false)
                .setWindowLog(window)
                .setChecksum(true)
                .compress(LARGE);
        // Whatever the encoder made of it: the descriptor stands behind the magic and the flags.
        assertThat(frame[4] & 0x20).as("a frame of a single segment").isZero();
        if (window > 23) {
            frame[5] = (byte) ((window - 10) << 3);
        }
        return frame;
    }

    private static byte[] skippable(int length) {
        byte[] frame = new byte[8 + length];
        frame[0] = 0x51;
        frame[1] = 0x2a;
        frame[2] = 0x4d;
        frame[3] = 0x18;
        frame[4] = (byte) length;
        return frame;
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aLargeStreamThatIsCutIsRejected(Codec codec) throws IOException {
        byte[] whole = codec.compress(LARGE);

        for (int length : new int[] {whole.length / 3, whole.length / 2, whole.length - 1}) {
            assertRejected(Arrays.copyOf(whole, length), codec);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void damageAnywhereInTheDataIsRejected(Codec codec) throws IOException {
        byte[] whole = codec.compress(LARGE);

        for (int at = 64; at < whole.length; at += whole.length / 50) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            assertRejected(damaged, codec);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void garbageBehindAStreamIsRejected(Codec codec) throws IOException {
        assertRejected(concat(codec.compress(SMALL), "3,Barbara\n".getBytes(UTF_8)), codec);
        assertRejected(concat(codec.compress(SMALL), new byte[512], "3".getBytes(UTF_8)), codec);
        if (codec != Codec.GZIP) {
            assertRejected(concat(codec.compress(SMALL), new byte[1]), codec);
            assertRejected(concat(codec.compress(SMALL), new byte[512]), codec);
        }
    }

    @Test
    void zerosBehindGzipAreIgnored() throws IOException {
        byte[] whole = concat(Codec.GZIP.compress(SMALL), Codec.GZIP.compress(LARGE));

        for (int zeros : new int[] {1, 2, 512, 200_000}) {
            assertThat(read(concat(whole, new byte[zeros]))).isEqualTo(concat(SMALL, LARGE));
        }
    }

    @Test
    void somethingElseBehindGzipIsCalledSo() throws IOException {
        for (byte[] other :
                new byte[][] {"3,B\n".getBytes(UTF_8), {0x1f}, {0x1f, 0x00}, {0, 0, 1}, {0x1f, (byte) 0x8b, 1, 1}}) {
            assertThatThrownBy(() -> read(concat(Codec.GZIP.compress(SMALL), other)))
                    .as(Arrays.toString(other))
                    .hasMessageContaining("something else behind its end");
        }
    }

    @Test
    void skippableFramesOfZstdAreSkipped() throws IOException {
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};

        assertThat(read(concat(skippable, Zstd.compress(SMALL), skippable))).isEqualTo(SMALL);
    }

    @Test
    void twoBytesOfGzipAreACutStream() {
        assertRejected(new byte[] {0x1f, (byte) 0x8b}, Codec.GZIP);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aFailureOfTheConnectionStaysOne(Codec codec) throws IOException {
        RetryableException failure = new RetryableException(ErrorCode.OBJECT_TRUNCATED, "the connection broke");
        byte[] whole = codec.compress(LARGE);
        InputStream broken = new BreakingStream(Arrays.copyOf(whole, whole.length / 2), failure);
        DecompressedContent content = DecompressedContent.open(broken, URI);

        assertThatThrownBy(content::readAllBytes).isSameAs(failure);
        assertThatThrownBy(content::read).as("again").isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aClosedObjectCannotBeRead(Codec codec) throws IOException {
        DecompressedContent content = DecompressedContent.open(new ByteArrayInputStream(codec.compress(LARGE)), URI);
        assertThat(content.read()).isNotNegative();

        content.close();
        content.close();

        assertThatThrownBy(content::read).isInstanceOf(IOException.class).hasMessage(URI + " is closed");
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aCutStreamIsCalledSo(Codec codec) throws IOException {
        byte[] whole = codec.compress(LARGE);

        for (int length : new int[] {Decompression.MAGIC_BYTES, 15, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
                    .as(length + " bytes")
                    .hasMessageEndingWith(": it ends in the middle of its "
                            + Decompression.valueOf(codec.name()).label() + " stream");
        }
    }

    private static void assertRejected(byte[] stored, Codec codec) {
        assertThatThrownBy(() -> read(stored)).isInstanceOfSatisfying(RejectedObjectException.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(ErrorCode.OBJECT_COMPRESSION);
            assertThat(rejected.getMessage())
                    .startsWith(URI + " is damaged or cut short, its "
                            + Decompression.valueOf(codec.name()).label() + " compression cannot be read: ");
        });
    }

    private static byte[] read(byte[] stored) throws IOException {
        try (DecompressedContent content = DecompressedContent.open(new ByteArrayInputStream(stored), URI)) {
            return content.readAllBytes();
        }
    }

    private static byte[] large() {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("id,amount\n");
        for (int i = 0; i < 30_000; i++) {
            csv.append(i).append(',').append(random.nextInt()).append('\n');
        }
        return csv.toString().getBytes(UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A network at its slowest: one byte at a time, and never one in stock. */
    private static final class DripStream extends InputStream {

        private final ByteArrayInputStream bytes;

        DripStream(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, 1));
        }
    }

    private static final class BreakingStream extends InputStream {

        private final ByteArrayInputStream bytes;
        private final RetryableException failure;

        BreakingStream(byte[] bytes, RetryableException failure) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.failure = failure;
        }

        @Override
        public int read() {
            return delivered(bytes.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return delivered(bytes.read(target, offset, length));
        }

        private int delivered(int read) {
            if (read < 0) {
                throw failure;
            }
            return read;
        }
    }
}
