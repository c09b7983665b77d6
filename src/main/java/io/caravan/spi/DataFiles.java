package io.caravan.spi;

import java.util.List;
import java.util.function.Consumer;

/**
 * Compressed CSV files, written for COPY and deleted after it. Memory use does not depend on the number of rows.
 *
 * <p>The COPY statement must name the format: CSV in UTF-8, compressed by ZSTD, with commas, double quotes and no header;
 * NULL is the given marker, without quotes.
 */
public interface DataFiles extends RowWriter, AutoCloseable {

    /**
     * Returns the number of data files that are stored already; does not wait.
     *
     * @throws io.caravan.base.RetryableException if one could not be stored
     */
    int stored();

    /**
     * Finishes the last data file, and waits until all are stored.
     *
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    void finish();

    /**
     * Writes a manifest, in which every file is mandatory.
     *
     * @param from the first data file in the manifest, counted from 0
     * @param to the data file after the last one; more than {@code from}, and not more than are stored
     * @return address of the manifest, {@code s3://bucket/key}
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    String manifest(int from, int to);

    /** Returns the common prefix of the addresses of all data files; no other object has it. */
    String folder();

    /** Returns the addresses of the data files, {@code s3://bucket/key}, in the order in which they were written. */
    List<String> files();

    /**
     * Reads a data file again; after {@link #finish}.
     *
     * @param file its address; an address that is not in {@link #files} has no records
     * @param action gets one record after the other
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    void read(String file, Consumer<DataFileRecord> action);

    /** Deletes the data files and the manifests. A file that cannot be deleted is logged and left. */
    @Override
    void close();
}
