package io.caravan.aws.staging;

import io.caravan.base.BackgroundTask;

/**
 * Uploads one data file while the next one is being filled. There are never more than the two in memory. A failure stays: every
 * later call throws it again.
 */
final class BackgroundUpload implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/zstd";

    private final StagingBucket bucket;
    private final BackgroundTask upload;
    private MemoryFile uploading;

    /**
     * Starts no thread yet.
     *
     * @param spare memory to give out for the first file that is handed over
     */
    BackgroundUpload(StagingBucket bucket, String threadName, MemoryFile spare) {
        this.bucket = bucket;
        this.uploading = spare;
        this.upload = new BackgroundTask(threadName, "uploading data files");
    }

    /** Waits for the file before, starts with this one, and returns clear memory for the next one. */
    MemoryFile start(String key, MemoryFile full) {
        await();
        MemoryFile clear = uploading;
        clear.clear();
        uploading = full;
        upload.start(() -> bucket.put(key, CONTENT_TYPE, full::open, full.size()));
        return clear;
    }

    /** Throws what has failed so far; does not wait. */
    void check() {
        upload.check();
    }

    /** Returns whether all that was started is stored; does not wait. */
    boolean isIdle() {
        return upload.isIdle();
    }

    /** Waits until all that was started is stored. */
    void await() {
        upload.await();
    }

    @Override
    public void close() {
        upload.close();
    }
}
