package io.caravan.spi;

/** Rows on their way into a staging table by INSERT. */
public interface StagingInsert extends RowWriter {

    /** Sends the rows that still wait. */
    void flush();
}
