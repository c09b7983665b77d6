package io.caravan.aws.compression;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipShort;
import org.jspecify.annotations.Nullable;

/**
 * The only file in a ZIP archive, read as the archive comes. Folders, and what macOS leaves beside files ({@code __MACOSX/}, {@code
 * .DS_Store}), are no files. Which rows belong together, and in which order, nobody could say of several.
 */
final class ZipMember extends BlockInputStream {

    private static final String ADVICE =
            "; store each file as an object of its own, as it is or compressed by gzip, bzip2 or zstd";

    /** The field of a file's header that has the sizes of one of more than 4 GiB. */
    private static final ZipShort ZIP64 = new ZipShort(1);

    private static final int SHOWN_CHARS = 100;

    /** What is beside the file is small; it is read to be left out. */
    private static final long MOST_BESIDE_BYTES = 1 << 24;

    /** Folders and files that begin so are those of office programs, which store their documents as archives. */
    private static final List<String> OFFICE =
            List.of("[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/", "ppt/");

    private static final List<String> OPEN_DOCUMENT = List.of("mimetype", "META-INF/manifest.xml");

    private final ZipTail stored;
    private final ZipArchiveInputStream archive;
    private final ZipArchiveEntry member;
    private final CRC32 checksum = new CRC32();
    private int entries;
    private boolean ended;

    /**
     * Goes to the file.
     *
     * @throws IOException if the archive is damaged
     * @throws RejectedObjectException if it holds no file, or one that cannot be read
     */
    ZipMember(InputStream compressed) throws IOException {
        this.stored = new ZipTail(compressed);
        this.archive = new ZipArchiveInputStream(stored, StandardCharsets.UTF_8.name(), true, false);
        @Nullable ZipArchiveEntry first = nextFile();
        if (first == null) {
            stored.finish(entries);
            throw refused("the object is a ZIP archive that holds no file");
        }
        requireReadable(first);
        this.member = first;
    }

    private void requireReadable(ZipArchiveEntry entry) {
        String name = entry.getName();
        if (OFFICE.stream().anyMatch(name::startsWith) || OPEN_DOCUMENT.contains(name)) {
            throw refused(
                    "the object is a document of an office program (.xlsx or the like), and no CSV; export it as CSV");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refused("the object is an encrypted ZIP archive" + ADVICE);
        }
        if (entry.getExtraField(ZIP64) != null) {
            throw refused("the object is a ZIP archive in the ZIP64 format, which cannot be read as it comes" + ADVICE);
        }
        if (!archive.canReadEntryData(entry)) {
            throw refused("the object is a ZIP archive whose file is compressed by a method (" + entry.getMethod()
                    + ") that cannot be read as it comes" + ADVICE);
        }
    }

    /** Goes to the next file; returns null if there is none. */
    private @Nullable ZipArchiveEntry nextFile() throws IOException {
        while (true) {
            @Nullable ZipArchiveEntry entry = nextEntry();
            if (entry == null || isFile(entry)) {
                return entry;
            }
            if (archive.canReadEntryData(entry)) {
                leaveOut();
            }
        }
    }

    private @Nullable ZipArchiveEntry nextEntry() throws IOException {
        try {
            @Nullable ZipArchiveEntry entry = archive.getNextEntry();
            entries += entry == null ? 0 : 1;
            return entry;
        } catch (RuntimeException e) {
            // Damage also leaves the reader as whatever it stumbles over.
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isFile(ZipArchiveEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.startsWith("__MACOSX/")
                && !name.substring(name.lastIndexOf('/') + 1).equals(".DS_Store");
    }

    private void leaveOut() throws IOException {
        byte[] buffer = new byte[1 << 13];
        long left = MOST_BESIDE_BYTES;
        for (int read = 0; read >= 0; read = archive.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw refused("the object is a ZIP archive that holds more than a file" + ADVICE);
            }
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        if (wanted == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        int read = archive.read(bytes, offset, wanted);
        if (read >= 0) {
            checksum.update(bytes, offset, read);
        } else {
            finish();
            ended = true;
        }
        return read;
    }

    private void finish() throws IOException {
        @Nullable ZipArchiveEntry other = nextFile();
        if (other != null) {
            throw refused("the object is a ZIP archive that holds several files, " + shown(member) + " and "
                    + shown(other) + " among them" + ADVICE);
        }
        if (member.getCrc() != checksum.getValue()) {
            throw new IOException("the checksum of " + shown(member) + " is another one");
        }
        stored.finish(entries);
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private static String shown(ZipArchiveEntry entry) {
        String name = VisibleText.of(entry.getName());
        return "'" + (name.length() > SHOWN_CHARS ? name.substring(0, SHOWN_CHARS) + "…" : name) + "'";
    }

    private static RejectedObjectException refused(String reason) {
        return new RejectedObjectException(ErrorCode.OBJECT_COMPRESSION, reason);
    }
}
