package io.caravan.load;

import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lets the store read objects before they are requested, since its answer takes longer than the rows of a small object, and one
 * connection gives less than a load can take. A failure of an object shows only when the object is requested, just as if it had
 * been opened then. Used by one thread.
 */
final class FetchAhead implements ObjectReader, AutoCloseable {

    private static final int MAX_MEMORY_BYTES = 16 << 20;

    /** A small heap has other things to hold. */
    private static final int SHARE_OF_HEAP = 16;

    /** S3 takes some 30 ms to answer: so many at a time are a thousand objects a second. */
    private static final int MAX_OBJECTS = 32;

    /**
     * An object that is to be asked for.
     *
     * @param bytes how many of it are in memory at most
     */
    private record Fetch(ObjectVersion object, int bytes, Ahead content) {}

    private final ObjectReader reader;
    private final Deque<ObjectVersion> rest;
    private final int memoryBytes;

    /** Bytes that one object may have in memory. */
    private final int mostBytes;

    private final Deque<Fetch> ahead = new ArrayDeque<>();

    /** Bytes that all objects that are ahead, and the one that was asked for last, may have in memory. */
    private long held;

    private long heldByLast;

    /**
     * Fetches nothing yet.
     *
     * @param objects the objects in the order in which they will be requested; other objects are read only when they are
     *     requested
     */
    FetchAhead(ObjectReader reader, List<ObjectVersion> objects) {
        this(reader, objects, (int)
                Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /**
     * Fetches nothing yet.
     *
     * @param memoryBytes most bytes, as stored, of all objects in memory; one of several has half of that at most
     */
    FetchAhead(ObjectReader reader, List<ObjectVersion> objects, int memoryBytes) {
        this.reader = reader;
        this.rest = new ArrayDeque<>(objects);
        this.memoryBytes = memoryBytes;
        this.mostBytes = objects.size() > 1 ? memoryBytes / 2 : memoryBytes;
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion object) {
        held -= heldByLast;
        heldByLast = 0;
        fetch();
        while (!ahead.isEmpty()) {
            Fetch next = ahead.remove();
            if (next.object().equals(object)) {
                heldByLast = next.bytes();
                return next.content().open();
            }
            held -= next.bytes();
            next.content().close();
        }
        return reader.readAhead(object, mostBytes).open();
    }

    private void fetch() {
        while (!rest.isEmpty() && ahead.size() < MAX_OBJECTS && held + bytes(rest.element()) <= memoryBytes) {
            ObjectVersion object = rest.remove();
            int bytes = bytes(object);
            held += bytes;
            ahead.add(new Fetch(object, bytes, reader.readAhead(object, bytes)));
        }
    }

    /** Returns how many bytes of an object may be in memory; at least one, as the store wants it. */
    private int bytes(ObjectVersion object) {
        return (int) Math.min(mostBytes, Math.max(1, object.sizeBytes()));
    }

    @Override
    public void close() {
        ahead.forEach(fetch -> fetch.content().close());
        ahead.clear();
    }
}
