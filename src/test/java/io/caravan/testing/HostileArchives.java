package io.caravan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Compressed objects that are not what they say: cut, changed, endless, nested, of another kind. All follow a seed. */
public final class HostileArchives {

    /** More than a feed of the test lets an object decompress to. */
    private static final int BOMB_BYTES = 30_000_000;

    private final Random random;
    private final byte[] plain;

    /**
     * Makes archives.
     *
     * @param plain what a good one holds
     */
    public HostileArchives(long seed, String plain) {
        this.random = new Random(seed);
        this.plain = plain.getBytes(UTF_8);
    }

    /** Returns as many as are to be tried. What can be read to its end in any of them is the plain text. */
    public List<byte[]> all() throws IOException {
        byte[] gzip = gzip(plain);
        byte[] bzip2 = bzip2(plain);
        byte[] zstd = zstd(plain);
        byte[] bomb = new byte[BOMB_BYTES];
        Arrays.fill(bomb, (byte) '\n');
        byte[] zip = zip(1, plain);
        List<byte[]> all = new ArrayList<>(List.of(
                gzip(bomb),
                bzip2(bomb),
                zstd(bomb),
                gzip(gzip(bomb)),
                zstd(gzip(bomb)),
                gzip(zip),
                gzip(gzip),
                zip,
                zip(5_000, new byte[0]),
                join(zip, zip(3, bomb)),
                window(zstd, 27),
                window(zstd, 31),
                join(skippable(100_000, 100_000), zstd),
                skippable(0xfffffff0, 10),
                repeat(zstd(new byte[0]), 100_000),
                repeat(gzip(new byte[0]), 20_000),
                join(gzip, zstd),
                join(gzip, new byte[1_000]),
                join(gzip, "garbage".getBytes(UTF_8)),
                named(2_000_000),
                lyingLength(gzip),
                new byte[] {0x1f, (byte) 0x8b, 8},
                new byte[] {0x1f, (byte) 0x8b},
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                "BZh91AY&SY".getBytes(UTF_8),
                hex("fd377a585a000004e6d6b446"),
                hex("04224d186440a7"),
                hex("526172211a0700"),
                hex("377abcaf271c"),
                hex("1f9d90"),
                hex("89504e470d0a1a0a"),
                "PAR1".getBytes(UTF_8),
                new byte[100_000]));
        List<byte[]> good = List.of(gzip, bzip2, zstd);
        while (all.size() < HostileInputs.Kind.ARCHIVES.count()) {
            byte[] archive = good.get(random.nextInt(good.size())).clone();
            if (random.nextBoolean()) {
                all.add(Arrays.copyOf(archive, 4 + random.nextInt(archive.length - 4)));
            } else {
                // The magic stays, as without it the rest is a text like any other; gzip's own time and system say
                // nothing.
                int at = 10 + random.nextInt(archive.length - 10);
                archive[at] ^= (byte) (1 + random.nextInt(255));
                all.add(archive);
            }
        }
        return all;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] bzip2(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bytes, 1)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setChecksum(true).setContentSize(false).compress(plain);
        }
    }

    private static byte[] zip(int entries, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("../" + i + ".csv"));
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    /** Its descriptor asks for a window of so many bits. */
    private static byte[] window(byte[] zstd, int bits) {
        byte[] changed = zstd.clone();
        changed[5] = (byte) ((bits - 10) << 3);
        return changed;
    }

    private static byte[] skippable(int length, int really) {
        byte[] frame = new byte[8 + really];
        byte[] head = hex("502a4d18");
        System.arraycopy(head, 0, frame, 0, head.length);
        for (int i = 0; i < 4; i++) {
            frame[4 + i] = (byte) (length >> (8 * i));
        }
        return frame;
    }

    /** A header with a name of so many bytes. */
    private byte[] named(int length) throws IOException {
        byte[] name = new byte[length];
        Arrays.fill(name, (byte) 'n');
        byte[] gzip = gzip(plain);
        return join(hex("1f8b0808000000000000"), name, new byte[1], Arrays.copyOfRange(gzip, 10, gzip.length));
    }

    /** The last four bytes say how much it decompresses to. */
    private static byte[] lyingLength(byte[] gzip) {
        byte[] changed = gzip.clone();
        changed[changed.length - 1] = 0x7f;
        return changed;
    }

    private static byte[] repeat(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
