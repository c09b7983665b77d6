package io.caravan.model.preview;

/**
 * What a snapshot would take away, and whether it may.
 *
 * @param rows how many rows of the target it lacks
 * @param lost how many rows fewer count against the limit
 * @param targetRows how many rows the target has
 * @param maxDeletedRatio the limit: the share of them that may be lost, from 0 to 1
 */
public record Deletions(long rows, long lost, long targetRows, double maxDeletedRatio) {

    /** Returns whether so much may go. */
    public boolean areAllowed() {
        return lost <= targetRows * maxDeletedRatio;
    }
}
