package io.caravan.aws.object;

import static java.util.Objects.requireNonNull;

import io.caravan.aws.compression.BlockInputStream;
import io.caravan.aws.object.PartRequests.Part;
import io.caravan.base.ErrorCode;
import io.caravan.base.LogContext;
import io.caravan.base.RetryableException;
import io.caravan.base.TaskFailure;
import io.caravan.model.ObjectVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of one object as stored, got in parts, several at the same time, and given in their order. S3 gives
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html">more over several
 * connections</a> than over one. Parts wait in memory, so an object that waits holds no connection. Used by one thread.
 */
final class ObjectParts extends BlockInputStream {

    /** While it is on its way a part takes memory, but gives nothing: small parts need less for the same rate. */
    static final int PART_BYTES = 2 << 20;

    private final PartRequests requests;
    private final ObjectVersion version;
    private final Executor threads;
    private final Deque<FutureTask<@Nullable Part>> ahead = new ArrayDeque<>();

    /** Offset of the first byte that has not been asked for. */
    private long begun;

    private @Nullable Part part;
    private int position;
    private volatile boolean closed;

    /**
     * Begins to get the first parts.
     *
     * @param maxBytes most bytes that are in memory; the first part may be more
     */
    ObjectParts(PartRequests requests, ObjectVersion version, int maxBytes, Executor threads) {
        this.requests = requests;
        this.version = version;
        this.threads = threads;
        do {
            begin(null);
        } while (begun < version.sizeBytes() && Math.min(begun + PART_BYTES, version.sizeBytes()) <= maxBytes);
    }

    /**
     * Waits for the first part.
     *
     * @return null if the store answers otherwise than it should
     * @throws SdkException if it refuses, or cannot be reached
     */
    @Nullable
    Part first() {
        part = await(ahead.remove());
        return part;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        Part now = requireNonNull(part);
        if (position == now.length()) {
            // Its memory is free.
            begin(now.memory());
            now = ahead.isEmpty() ? now : next();
        }
        int count = Math.min(wanted, now.length() - position);
        System.arraycopy(now.memory(), position, bytes, offset, count);
        position += count;
        return count == 0 && wanted > 0 ? -1 : count;
    }

    /** Reads no more; what is under way is small, and ends soon. */
    @Override
    public void close() {
        closed = true;
        ahead.clear();
    }

    private Part next() {
        try {
            @Nullable Part next = await(ahead.remove());
            if (next == null) {
                throw changed(null);
            }
            part = next;
            position = 0;
            return next;
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, S3Action.READ, version.bucket(), version.key());
            throw failure.changedOrGone() ? changed(e) : failure.exception();
        }
    }

    private RetryableException changed(@Nullable SdkException cause) {
        return new RetryableException(
                ErrorCode.OBJECT_READ_FAILED, version.uri() + " has changed while it was being read", cause);
    }

    /**
     * Asks for the next part, if there is one.
     *
     * @param spare memory of a part that has been read; null if there is none
     */
    private void begin(byte @Nullable [] spare) {
        long from = begun;
        int length = (int) Math.min(PART_BYTES, version.sizeBytes() - from);
        if (length == 0 && part != null) {
            return;
        }
        begun += length;
        FutureTask<@Nullable Part> task = new FutureTask<>(
                () -> closed ? null : requests.get(from, length, spare == null ? new byte[length] : spare));
        ahead.add(task);
        threads.execute(LogContext.carriedTo(task));
    }

    private @Nullable Part await(FutureTask<@Nullable Part> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(ErrorCode.OBJECT_READ_FAILED, "interrupted while objects were read", e);
        } catch (ExecutionException e) {
            throw TaskFailure.of(e, "reading objects");
        }
    }
}
