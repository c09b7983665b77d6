package io.caravan.spi;

/**
 * Compressed CSV files, written for one COPY and deleted after it. Memory use does not depend on the number of rows.
 *
 * <p>The format, which the COPY statement must name: CSV in UTF-8, comma, double quote, no header, NULL as the
 * marker given, unquoted, ZSTD.
 */
public interface DataFiles extends RowWriter, AutoCloseable {

    /**
     * Finishes the last data file and writes the manifest, in which every file is mandatory.
     *
     * @return address of the manifest, {@code s3://bucket/key}
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    String finish();

    /** Deletes the data files and the manifest. A file that cannot be deleted is logged and left. */
    @Override
    void close();
}
