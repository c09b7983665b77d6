package io.caravan.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What lies in the staging area of one load, which may be under way, over or dead.
 *
 * @param loadId as the data files' names say it
 * @param lastWritten when the newest of them was stored, by the store's clock
 * @param keys the data files and manifests; not empty
 */
public record StagedLoad(String loadId, Instant lastWritten, List<String> keys) {

    public StagedLoad {
        requireNonNull(loadId, "loadId");
        requireNonNull(lastWritten, "lastWritten");
        keys = List.copyOf(keys);
    }
}
