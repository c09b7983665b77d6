package io.caravan.bench;

import java.time.Duration;

/**
 * What one load did and took.
 *
 * @param command the whole command, with the start of the JVM, of Camel and of the connections
 * @param load from its beginning to just before its commit, as the run history has it
 * @param reading reading, checking and cutting into batches, and writing data files or sending INSERTs
 * @param staging what is left of that at the end of the objects, COPY, and one row for each key
 * @param merging comparing with the target, and MERGE
 * @param peakResidentBytes most memory that the process had; 0 if not known
 */
record LoadFigures(
        long read,
        long inserted,
        long updated,
        long unchanged,
        long superseded,
        Duration command,
        Duration load,
        Duration reading,
        Duration staging,
        Duration merging,
        long peakResidentBytes) {

    String counts() {
        return "%,d read = %,d inserted + %,d updated + %,d unchanged + %,d superseded"
                .formatted(read, inserted, updated, unchanged, superseded);
    }
}
