package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** The records of an object as long as a limit is not reached; then there is no next one, and no error. */
public final class SampledContent implements Iterator<CsvRecord> {

    private final CountedStream content;
    private final CsvReader records;
    private final SampleLimit limit;
    private long count;

    public SampledContent(InputStream content, CsvFormat format, SampleLimit limit) {
        this.content = new CountedStream(content);
        this.records = new CsvReader(this.content, format);
        this.limit = limit;
        // The header, if there is one, is none of the records that count.
        this.count = format.header() ? -1 : 0;
    }

    @Override
    public boolean hasNext() {
        return count < limit.records() && content.bytes < limit.bytes() && records.hasNext();
    }

    @Override
    public CsvRecord next() {
        count++;
        return records.next();
    }

    /** Returns how many records have been read; the header is none of them. */
    public long records() {
        return Math.max(count, 0);
    }

    /** Returns how many bytes have been read. */
    public long bytes() {
        return content.bytes;
    }

    private static final class CountedStream extends FilterInputStream {

        private long bytes;

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytes += Math.max(read, 0);
            return read;
        }
    }
}
