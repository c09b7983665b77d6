package io.caravan.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The files of one load in the staging area. The load may be under way, over or dead.
 *
 * @param loadId the load's id, from the names of the data files
 * @param lastWritten the time at which the newest of them was stored, by the store's clock
 * @param keys the data files and manifests; not empty
 */
public record StagedLoad(String loadId, Instant lastWritten, List<String> keys) {

    public StagedLoad {
        requireNonNull(loadId, "loadId");
        requireNonNull(lastWritten, "lastWritten");
        keys = List.copyOf(keys);
    }
}
