package io.caravan.spi;

import java.util.List;

/**
 * Where data files wait for COPY. Safe for use by several threads.
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
     * @param nullMarker how NULL is written; text that no value of the load holds as a whole, and that needs no quotes
     */
    DataFiles create(String loadId, String table, String nullMarker);

    /** Finds the data files that lie here, by load. Whatever is not named exactly as a data file is none. */
    List<StagedLoad> findLoads();

    /** Deletes the data files of a load. One that is gone already is no failure. */
    void delete(StagedLoad load);
}
