package io.caravan.spi;

/** Where data files wait for COPY. */
public interface StagingArea {

    /**
     * Opens a set of data files.
     *
     * @param loadId the load they belong to
     * @param table the staging table they are meant for; part of their names
     * @param nullMarker how NULL is written; text that no value of the load holds as a whole, and that needs no quotes
     */
    DataFiles create(String loadId, String table, String nullMarker);
}
