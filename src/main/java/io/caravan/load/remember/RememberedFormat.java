package io.caravan.load.remember;

import io.caravan.model.table.TargetSum;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The file format of remembered rows: a mark with the format's version, the header, the hashes, and the SHA-256 of all of
 * these. It is not compressed, since hashes do not compress.
 */
final class RememberedFormat {

    /** CRVROWS and the version. */
    private static final long MARK = 0x43_52_56_52_4f_57_53_34L;

    private static final int ENTRY_BYTES = 4 * Long.BYTES;
    private static final int ENTRIES_AT_ONCE = 2_048;

    private RememberedFormat() {}

    /** Returns the size of what {@link #content} holds, in bytes. */
    static long sizeBytes(RememberedHeader header) {
        return bytes(header).length + header.entries() * ENTRY_BYTES + sha().getDigestLength();
    }

    /**
     * Returns the content of the file, produced while it is read.
     *
     * @param hashes as many of them as the header says; not changed until all is read
     * @param keepsUnseen whether keys that the load has not seen are written, too
     */
    static InputStream content(RememberedHeader header, RowHashes hashes, boolean keepsUnseen) {
        return new Content(header, hashes.cursor(), keepsUnseen);
    }

    /**
     * Reads the header.
     *
     * @throws IOException if it cannot be read, or is none of this version
     */
    static RememberedHeader readHeader(DataInputStream in) throws IOException {
        if (in.readLong() != MARK) {
            throw new IOException("it is of another kind or version");
        }
        RememberedHeader header = new RememberedHeader(
                in.readUTF(),
                in.readUTF(),
                readTexts(in),
                readTexts(in),
                new TargetSum(in.readLong(), readNumber(in)),
                in.readLong(),
                in.readInt());
        if (header.entries() < 0 || header.covered() < 0 || header.covered() > RowHashes.SEGMENTS) {
            throw new IOException("its header is damaged");
        }
        return header;
    }

    /**
     * Reads the hashes that follow the header.
     *
     * @param hashes gets them, as unseen
     * @throws IOException if they cannot be read to the end, or are not what was written
     */
    static void readEntries(RememberedHeader header, DataInputStream in, RowHashes hashes) throws IOException {
        MessageDigest sha = sha();
        sha.update(bytes(header));
        hashes.cover(header.covered());
        hashes.expect(header.entries());
        byte[] bytes = new byte[ENTRIES_AT_ONCE * ENTRY_BYTES];
        for (long left = header.entries(); left > 0; left -= ENTRIES_AT_ONCE) {
            int length = (int) Math.min(left, ENTRIES_AT_ONCE) * ENTRY_BYTES;
            in.readFully(bytes, 0, length);
            sha.update(bytes, 0, length);
            for (ByteBuffer entries = ByteBuffer.wrap(bytes, 0, length); entries.hasRemaining(); ) {
                hashes.put(
                        new RowHash(entries.getLong(), entries.getLong(), entries.getLong(), entries.getLong()),
                        RowHashes.UNSEEN);
            }
        }
        byte[] written = in.readNBytes(sha.getDigestLength());
        if (!MessageDigest.isEqual(sha.digest(), written) || in.read() >= 0) {
            throw new IOException("its digest is not that of its content");
        }
    }

    private static BigInteger readNumber(DataInputStream in) throws IOException {
        try {
            return new BigInteger(in.readUTF());
        } catch (NumberFormatException e) {
            throw new IOException("a number in it is none", e);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static byte[] bytes(RememberedHeader header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MARK);
            out.writeUTF(header.loadId());
            out.writeUTF(header.target());
            write(header.columns(), out);
            write(header.keys(), out);
            out.writeLong(header.sum().rows());
            out.writeUTF(header.sum().hashes().toString());
            out.writeLong(header.entries());
            out.writeInt(header.covered());
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The header, then hashes by the thousand, then the digest. */
    private static final class Content extends InputStream {

        private final RowHashes.Cursor cursor;
        private final boolean keepsUnseen;
        private final MessageDigest sha = sha();
        private long left;
        private byte[] piece;
        private int position;
        private boolean isDigest;

        Content(RememberedHeader header, RowHashes.Cursor cursor, boolean keepsUnseen) {
            this.cursor = cursor;
            this.keepsUnseen = keepsUnseen;
            this.left = header.entries();
            this.piece = bytes(header);
            sha.update(piece);
        }

        @Override
        public int read() {
            return isThereMore() ? piece[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) {
            Objects.checkFromIndexSize(offset, wanted, bytes.length);
            if (wanted == 0 || !isThereMore()) {
                return wanted == 0 ? 0 : -1;
            }
            int read = Math.min(wanted, piece.length - position);
            System.arraycopy(piece, position, bytes, offset, read);
            position += read;
            return read;
        }

        private boolean isThereMore() {
            if (position == piece.length && !isDigest) {
                isDigest = left == 0;
                piece = isDigest ? sha.digest() : entries();
                position = 0;
            }
            return position < piece.length;
        }

        private byte[] entries() {
            int count = (int) Math.min(left, ENTRIES_AT_ONCE);
            left -= count;
            ByteBuffer entries = ByteBuffer.allocate(count * ENTRY_BYTES);
            while (entries.hasRemaining()) {
                if (!cursor.next()) {
                    throw new IllegalStateException("there are fewer hashes than the header says");
                }
                if (keepsUnseen || cursor.state() != RowHashes.UNSEEN) {
                    RowHash hash = cursor.hash();
                    entries.putLong(hash.keyHigh()).putLong(hash.keyLow());
                    entries.putLong(hash.rowHigh()).putLong(hash.rowLow());
                }
            }
            sha.update(entries.array());
            return entries.array();
        }
    }
}
