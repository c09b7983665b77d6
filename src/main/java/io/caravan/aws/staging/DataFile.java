package io.caravan.aws.staging;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.caravan.spi.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One data file while it is being filled: rows become CSV, CSV becomes ZSTD, ZSTD stays in memory. */
final class DataFile implements RowWriter, AutoCloseable {

    private static final int ZSTD_LEVEL = 1;

    private final MemoryFile memory;
    private final ZstdOutputStreamNoFinalizer zstd;
    private final CsvEncoder csv;

    /** Fills the memory, which must be clear. */
    DataFile(MemoryFile memory, String nullMarker) {
        this.memory = memory;
        try {
            this.zstd = new ZstdOutputStreamNoFinalizer(memory, ZSTD_LEVEL);
            this.zstd.setChecksum(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.csv = new CsvEncoder(zstd, nullMarker);
    }

    @Override
    public void field(@Nullable String value) {
        csv.field(value);
    }

    @Override
    public void field(long value) {
        csv.field(value);
    }

    @Override
    public void fields(List<@Nullable String> values) {
        csv.fields(values);
    }

    @Override
    public void endRow() {
        csv.endRow();
    }

    boolean inRow() {
        return csv.inRow();
    }

    /** Returns how much memory is filled; what is not compressed yet is not counted. */
    long compressedBytes() {
        return memory.size();
    }

    /** Compresses the rest and returns the whole. */
    MemoryFile finish() {
        csv.flush();
        try {
            zstd.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory;
    }

    /** Gives the compressor back. */
    @Override
    public void close() {
        try {
            zstd.close();
        } catch (IOException | RuntimeException e) {
            // The rest of a file that nobody wants has failed to go to memory.
        }
    }
}
