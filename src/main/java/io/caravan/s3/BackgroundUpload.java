package io.caravan.s3;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.LogContext;
import io.caravan.base.RetryableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Uploads one data file while the next one is being filled, on a thread of its own. There are never more than the two in
 * memory. A failure stays: every later call throws it again.
 */
final class BackgroundUpload implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/zstd";
    private static final int STOP_SECONDS = 30;

    private final StagingBucket bucket;
    private final ExecutorService thread;
    private MemoryFile uploading;
    private Future<?> upload = CompletableFuture.completedFuture(null);

    /**
     * Starts no thread yet.
     *
     * @param spare memory to give out for the first file that is handed over
     */
    BackgroundUpload(StagingBucket bucket, String threadName, MemoryFile spare) {
        this.bucket = bucket;
        this.uploading = spare;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, threadName);
            made.setDaemon(true);
            return made;
        });
    }

    /** Waits for the file before, starts with this one, and returns clear memory for the next one. */
    MemoryFile start(String key, MemoryFile full) {
        await();
        MemoryFile clear = uploading;
        clear.clear();
        uploading = full;
        upload = thread.submit(LogContext.carriedTo(() -> bucket.put(key, CONTENT_TYPE, full::open, full.size())));
        return clear;
    }

    /** Throws what has failed so far; does not wait. */
    void check() {
        if (upload.isDone()) {
            await();
        }
    }

    /** Waits until all that was started is stored. */
    void await() {
        try {
            upload.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            RetryableException failure = new RetryableException(
                    ErrorCode.OBJECT_STORE_FAILED, "interrupted while data files were uploaded", e);
            // A file that was waiting for its turn is lost, so nothing after it may count as stored.
            upload = CompletableFuture.failedFuture(failure);
            throw failure;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaravanException failure) {
                throw failure;
            }
            throw new IllegalStateException("the upload of a data file failed unexpectedly", e.getCause());
        }
    }

    /**
     * Waits for an upload that still runs, and ends the thread. An upload that is cut instead may be stored a moment later,
     * behind the request that deletes it.
     */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
