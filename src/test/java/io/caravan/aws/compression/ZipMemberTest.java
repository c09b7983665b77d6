package io.caravan.aws.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipMemberTest {

    private static final String URI = "s3://bucket/orders.csv";
    private static final String CSV = "id,name\n1,Ada\n2,Grace\n";

    @Test
    void theOnlyFileIsRead() throws IOException {
        assertThat(read(zip("orders.csv"))).isEqualTo(CSV);
        assertThat(read(stored("orders.csv"))).isEqualTo(CSV);
        assertThat(read(streamed(Zip64Mode.Never, "a/b/orders.csv"))).isEqualTo(CSV);
        assertThat(read(withComment("what it is"))).isEqualTo(CSV);
    }

    @Test
    void foldersAndWhatMacOsLeavesAreNoFiles() throws IOException {
        assertThat(read(zip(
                        "data/",
                        "__MACOSX/",
                        "__MACOSX/._orders.csv",
                        "data/orders.csv",
                        "__MACOSX/data/._orders.csv",
                        "data/.DS_Store")))
                .isEqualTo(CSV);
    }

    @Test
    void severalFilesAreRefused() throws IOException {
        assertThat(refusal(zip("a.csv", "b.csv")))
                .startsWith(
                        "the object is a ZIP archive that holds several files, 'a.csv' and 'b.csv' among them; store each file as an object");
        assertThat(refusal(zip("a.csv", "__MACOSX/._a.csv", "e\u202E\n" + "x".repeat(200))))
                .contains("'e\\u202e\\u000ax")
                .contains("x…'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "mimetype"})
    void aDocumentIsRefused(String first) throws IOException {
        assertThat(refusal(zip(first, "xl/sheet1.xml")))
                .contains("document of an office program (.xlsx or the like)", "export it as CSV");
    }

    @Test
    void anArchiveWithoutFilesIsRefused() throws IOException {
        assertThat(refusal(zip())).isEqualTo("the object is a ZIP archive that holds no file");
        assertThat(refusal(zip("a/", "__MACOSX/._a"))).isEqualTo("the object is a ZIP archive that holds no file");
    }

    @Test
    void whatCannotBeReadAsItComesIsRefused() throws IOException {
        assertThat(refusal(encrypted())).startsWith("the object is an encrypted ZIP archive");
        assertThat(refusal(streamed(Zip64Mode.Always, "a.csv"))).contains("ZIP64");
        byte[] lzma = zip("a.csv");
        lzma[8] = 14;
        assertThat(refusal(lzma)).contains("a method (14)");
    }

    @Test
    void anArchiveThatIsCutAnywhereIsRefused() throws IOException {
        for (byte[] whole : new byte[][] {zip("a.csv"), streamed(Zip64Mode.Never, "a.csv"), withComment("end")}) {
            for (int length = Decompression.MAGIC_BYTES; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThat(refusal(cut))
                        .as("%d of %d bytes", length, whole.length)
                        .contains("damaged or cut short");
            }
        }
    }

    @Test
    void aChangedByteIsRefused() throws IOException {
        byte[] whole = zip("a.csv");
        int dataFrom = 30 + "a.csv".length();
        for (int i = dataFrom; i < dataFrom + CSV.length() / 2; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertThat(refusal(changed)).as("byte %d", i).contains("damaged or cut short");
        }
    }

    @Test
    void anotherArchiveBehindItIsNotLost() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(zip("a.csv"));
        both.writeBytes(zip("b.csv"));

        assertThat(refusal(both.toByteArray())).contains("something else is behind that");
    }

    @Test
    void whatIsBesideTheFileMayNotBeLarge() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.putArchiveEntry(new ZipArchiveEntry("__MACOSX/bomb"));
            zip.write(new byte[(1 << 24) + 1]);
            zip.closeArchiveEntry();
        }

        assertThat(refusal(bytes.toByteArray())).contains("more than a file");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            add(zip, names);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipArchiveOutputStream zip, String... names) throws IOException {
        for (String name : names) {
            zip.putArchiveEntry(new ZipArchiveEntry(name));
            if (!name.endsWith("/")) {
                zip.write(CSV.getBytes(UTF_8));
            }
            zip.closeArchiveEntry();
        }
    }

    private static byte[] streamed(Zip64Mode mode, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setUseZip64(mode);
            add(zip, name);
        }
        return bytes.toByteArray();
    }

    private static byte[] withComment(String comment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setComment(comment);
            add(zip, "a.csv");
        }
        return bytes.toByteArray();
    }

    private static byte[] stored(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            CRC32 crc = new CRC32();
            crc.update(CSV.getBytes(UTF_8));
            entry.setMethod(ZipArchiveEntry.STORED);
            entry.setSize(CSV.length());
            entry.setCrc(crc.getValue());
            zip.putArchiveEntry(entry);
            zip.write(CSV.getBytes(UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] encrypted() throws IOException {
        byte[] zip = zip("a.csv");
        zip[6] |= 1;
        return zip;
    }

    private static String read(byte[] archive) throws IOException {
        try (DecompressedContent content = DecompressedContent.open(new ByteArrayInputStream(archive), URI)) {
            assertThat(content.isCompressed()).isTrue();
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    private static String refusal(byte[] archive) {
        return assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> read(archive))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_COMPRESSION))
                .actual()
                .getMessage();
    }
}
