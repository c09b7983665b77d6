package io.caravan.load.replay;

import io.caravan.model.ContentHash;
import io.caravan.model.feed.CsvFormat;
import io.caravan.spi.ObjectBody;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * Rejected records as a body of their own: the header of the original object, then the records that can be read again, in
 * UTF-8. Queues the original line of each record that was read, for {@link #nextLine}.
 */
final class ReplayedBody implements ObjectBody {

    private static final byte[] NOTHING = {};

    private final Iterator<ReplayedRecord> records;
    private final CsvFormat format;
    private final Deque<Long> lines = new ArrayDeque<>();
    private final InputStream content = new Content();
    private byte[] text;
    private int at;
    private long count;

    /**
     * Takes records.
     *
     * @param header empty for none
     */
    ReplayedBody(String header, Iterator<ReplayedRecord> records, CsvFormat format) {
        this.records = records;
        this.format = format;
        this.text = header.isEmpty() ? NOTHING : bytes(header);
    }

    @Override
    public InputStream content() {
        return content;
    }

    /** Returns the original line of the next record that was read; empty if there is none. */
    Optional<Long> nextLine() {
        return Optional.ofNullable(lines.poll());
    }

    @Override
    public Optional<String> versionId() {
        return Optional.empty();
    }

    @Override
    public boolean isCompressed() {
        return false;
    }

    @Override
    public long storedBytesRead() {
        return count;
    }

    /** Returns nothing, since the records are only a part of an object's bytes. */
    @Override
    public Optional<ContentHash> contentHash() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // The records' source is read on, or closed by who opened it.
    }

    private boolean fill() {
        while (at == text.length) {
            if (!records.hasNext()) {
                return false;
            }
            ReplayedRecord next = records.next();
            if (next.obstacle(format).isEmpty()) {
                lines.add(next.line());
                text = bytes(next.text());
                at = 0;
            }
        }
        return true;
    }

    private static byte[] bytes(String record) {
        return (record + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private final class Content extends InputStream {

        @Override
        public int read() {
            if (!fill()) {
                return -1;
            }
            count++;
            return text[at++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            Objects.checkFromIndexSize(offset, wanted, target.length);
            int given = 0;
            while (given < wanted && fill()) {
                int part = Math.min(wanted - given, text.length - at);
                System.arraycopy(text, at, target, offset + given, part);
                at += part;
                given += part;
            }
            count += given;
            return given == 0 && wanted > 0 ? -1 : given;
        }
    }
}
