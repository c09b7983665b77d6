package io.caravan.app.history;

/**
 * How much is remembered at most.
 *
 * @param loads loads of all feeds together; of a feed that has more than others the oldest go first
 * @param objects objects of those loads, of which the counts of each are remembered; those of the oldest loads go first
 * @param events other events
 */
public record HistoryLimits(int loads, int objects, int events) {

    /** Of the heap, for the loads and for the objects each. */
    private static final long SHARE = 40;

    private static final int BYTES_PER_LOAD = 500;
    private static final int BYTES_PER_OBJECT = 700;
    private static final int FEWEST = 1_000;
    private static final int MOST = 100_000;
    private static final int EVENTS = 5_000;

    public HistoryLimits {
        if (loads < 1 || objects < 0 || events < 1) {
            throw new IllegalArgumentException("limits of " + loads + ", " + objects + " and " + events);
        }
    }

    /**
     * Returns what takes a small share of a heap.
     *
     * @param heapBytes how large the heap may become
     */
    public static HistoryLimits ofHeap(long heapBytes) {
        return new HistoryLimits(
                between(heapBytes / SHARE / BYTES_PER_LOAD), between(heapBytes / SHARE / BYTES_PER_OBJECT), EVENTS);
    }

    private static int between(long wanted) {
        return (int) Math.max(FEWEST, Math.min(MOST, wanted));
    }
}
