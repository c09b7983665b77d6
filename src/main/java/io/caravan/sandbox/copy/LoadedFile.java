package io.caravan.sandbox.copy;

import java.time.Instant;

/**
 * A data file that COPY has read, to its end or not.
 *
 * @param bytes after decompression
 * @param lines records, the header's too
 */
record LoadedFile(String url, long bytes, long lines, Instant start, Instant end) {}
