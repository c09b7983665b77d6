package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.LogContext;
import io.caravan.base.RetryableException;
import io.caravan.base.TaskFailure;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads small objects into memory before they are requested, since the store's answer takes longer than the rows of a small
 * object. A failure of an object shows only when the object is requested, just as if it had been opened then. At most as
 * many objects are ahead as fit into 8 MiB if all are as large as the largest so far; an object that proves too large is
 * read only when it is requested. A waiting object holds no connection. Used by one thread.
 */
final class FetchAhead implements ObjectReader, AutoCloseable {

    /** The limit for one object, as stored and decompressed. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int MEMORY_BYTES = 8 * MAX_BYTES;

    /** S3 takes some 30 ms to answer: 16 at a time are 500 objects a second. */
    private static final int THREADS = 16;

    private static final int MAX_OBJECTS = 2 * THREADS;
    private static final int BUFFER_BYTES = 16 * 1024;

    /**
     * An object that is to be asked for.
     *
     * @param fetched its content; null if it is opened only then
     */
    private record Fetch(ObjectVersion object, @Nullable FutureTask<Fetched> fetched) {}

    /**
     * What became of an object.
     *
     * @param isWhole whether that is all: otherwise the object is too large when decompressed, and to be opened anew
     * @param bytes how many it holds in memory
     */
    private record Fetched(boolean isWhole, Optional<ObjectBody> body, int bytes) {

        static final Fetched NOT_WHOLE = new Fetched(false, Optional.empty(), 0);
    }

    private final ObjectReader reader;
    private final Iterator<ObjectVersion> rest;
    private final Deque<Fetch> ahead = new ArrayDeque<>();

    /** Objects of more bytes, as stored, are not fetched. */
    private final AtomicLong maxStoredBytes = new AtomicLong(MAX_BYTES);

    /** Bytes of the largest object so far, as stored. */
    private int largestStored;

    /** Bytes of the largest object that was read, decompressed, as far as it was; 0 before that. */
    private final AtomicInteger largestRead = new AtomicInteger();

    /** Bytes in memory, of all objects that are ahead and of the one that was asked for last. */
    private final AtomicInteger held = new AtomicInteger();

    /** Bytes in memory of the object that was asked for last. */
    private int heldByLast;

    private @Nullable ExecutorService threads;
    private volatile boolean closed;

    /**
     * Fetches nothing yet.
     *
     * @param objects the objects in the order in which they will be requested; other objects are read only when they are
     *     requested
     */
    FetchAhead(ObjectReader reader, List<ObjectVersion> objects) {
        this.reader = reader;
        this.rest = objects.iterator();
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion object) {
        held.addAndGet(-heldByLast);
        heldByLast = 0;
        fetch();
        while (!ahead.isEmpty()) {
            Fetch next = ahead.remove();
            if (next.object().equals(object)) {
                return open(next);
            }
        }
        return reader.open(object);
    }

    private Optional<ObjectBody> open(Fetch fetch) {
        if (fetch.fetched() == null) {
            return reader.open(fetch.object());
        }
        Fetched fetched = await(fetch.fetched());
        heldByLast = fetched.bytes();
        return fetched.isWhole() ? fetched.body() : reader.open(fetch.object());
    }

    private void fetch() {
        while (ahead.size() < maxAhead() && rest.hasNext()) {
            ObjectVersion object = rest.next();
            if (object.sizeBytes() > maxStoredBytes.get()) {
                ahead.add(new Fetch(object, null));
            } else {
                largestStored = Math.max(largestStored, (int) object.sizeBytes());
                FutureTask<Fetched> task = new FutureTask<>(() -> fetch(object));
                ahead.add(new Fetch(object, task));
                threads().execute(LogContext.carriedTo(task));
            }
        }
    }

    private int maxAhead() {
        int read = largestRead.get();
        int largest = read == 0 ? MAX_BYTES : Math.max(read, largestStored);
        return Math.min(MAX_OBJECTS, MEMORY_BYTES / largest);
    }

    private Fetched fetch(ObjectVersion object) {
        if (closed) {
            return Fetched.NOT_WHOLE;
        }
        Optional<ObjectBody> opened = reader.open(object);
        if (opened.isEmpty()) {
            return new Fetched(true, opened, 0);
        }
        try (ObjectBody body = opened.get()) {
            return read(object, body);
        }
    }

    private Fetched read(ObjectVersion object, ObjectBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) object.sizeBytes());
        byte[] buffer = new byte[BUFFER_BYTES];
        @Nullable CaravanException failure = null;
        try {
            InputStream content = body.content();
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes.write(buffer, 0, read);
                if (bytes.size() > MAX_BYTES) {
                    // It is compressed, and others probably are too.
                    maxStoredBytes.accumulateAndGet(object.sizeBytes() / 2, Math::min);
                }
                if (held.addAndGet(read) > MEMORY_BYTES || bytes.size() > MAX_BYTES) {
                    held.addAndGet(-bytes.size());
                    return Fetched.NOT_WHOLE;
                }
            }
        } catch (CaravanException e) {
            failure = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            largestRead.accumulateAndGet(Math.min(bytes.size(), MAX_BYTES), Math::max);
        }
        return new Fetched(true, Optional.of(new FetchedBody(body, bytes.toByteArray(), failure)), bytes.size());
    }

    private static Fetched await(FutureTask<Fetched> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(ErrorCode.OBJECT_READ_FAILED, "interrupted while objects were read", e);
        } catch (ExecutionException e) {
            throw TaskFailure.of(e, "reading objects");
        }
    }

    private ExecutorService threads() {
        if (threads == null) {
            threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread made = new Thread(task, "objects");
                made.setDaemon(true);
                return made;
            });
        }
        return threads;
    }

    /**
     * Fetches no more objects. Reads under way are small, and end soon; an interrupt would look like an unreachable store.
     */
    @Override
    public void close() {
        closed = true;
        if (threads != null) {
            threads.shutdown();
        }
    }
}
