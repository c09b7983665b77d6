package io.caravan.model.ledger;

import io.caravan.model.table.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Says which loads of the run history are meant; what is null excludes none.
 *
 * @param target the table they loaded into
 * @param feed name of the feed
 * @param id id of the load
 * @param before only loads that began before the one with this id
 */
public record LoadFilter(
        @Nullable TableName target, @Nullable String feed, @Nullable String id, @Nullable String before) {

    /** Means the loads into a table. */
    public static LoadFilter into(TableName target) {
        return new LoadFilter(target, null, null, null);
    }

    /** Means one load. */
    public static LoadFilter ofId(String id) {
        return new LoadFilter(null, null, id, null);
    }
}
