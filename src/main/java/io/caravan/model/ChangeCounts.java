package io.caravan.model;

/**
 * What a MERGE is about to do with the rows of one object.
 *
 * @param inserted rows whose matching keys the target does not have
 * @param updated rows that differ from the target's row
 */
public record ChangeCounts(long inserted, long updated) {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0);
}
