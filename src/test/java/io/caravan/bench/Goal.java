package io.caravan.bench;

import java.util.List;

/** One of the goals of {@code docs/performance.md}, and how it is measured. */
interface Goal {

    /** Returns the number that {@code docs/performance.md} gives it. */
    int number();

    /** Returns what is measured, in a few words. */
    String title();

    /**
     * Measures. All that is compared is measured here, in one run.
     *
     * @param bench a sandbox of its own, with nothing in it
     * @param report is told what stands behind the findings
     * @return one finding for each figure that the goal names
     */
    List<Finding> measure(Bench bench, Report report) throws Exception;
}
