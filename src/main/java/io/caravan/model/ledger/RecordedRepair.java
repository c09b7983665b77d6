package io.caravan.model.ledger;

import io.caravan.model.row.RepairedValue;

/**
 * A repaired value as the ledger keeps it.
 *
 * @param load id of the load that has loaded its row
 * @param feed name of the feed at that time
 * @param bucket of the object
 * @param key of the object
 * @param etag of the object version
 * @param value what was repaired, and how
 */
public record RecordedRepair(String load, String feed, String bucket, String key, String etag, RepairedValue value) {}
