package io.caravan.bench;

import java.util.Arrays;

/**
 * What one pass of {@link DataPath} took.
 *
 * @param rows how many rows it has seen
 * @param wallNanos from beginning to end
 * @param cpuNanos of the whole process, with its collector and compiler
 */
public record Pass(long rows, long wallNanos, long cpuNanos) {

    /** Reads what {@link #line} has written. */
    static Pass parse(String line) {
        long[] n = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Pass(n[0], n[1], n[2]);
    }

    /** Returns it as a line for the parent. */
    String line() {
        return rows + " " + wallNanos + " " + cpuNanos;
    }
}
