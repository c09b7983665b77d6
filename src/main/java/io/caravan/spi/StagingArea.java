package io.caravan.spi;

import java.util.List;

/**
 * The place where data files wait for COPY. Safe for use by several threads.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the store cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface StagingArea {

    /**
     * Opens a set of data files.
     *
     * @param loadId the load they belong to
     * @param table the staging table they are meant for; part of their names
     * @param nullMarker the text for NULL; no value of the load equals it, and it needs no quotes
     */
    DataFiles create(String loadId, String table, String nullMarker);

    /** Finds the data files that lie here, by load. Only objects whose names have exactly the form of data files count. */
    List<StagedLoad> findLoads();

    /** Deletes the data files of a load. A file that is already gone is no failure. */
    void delete(StagedLoad load);
}
