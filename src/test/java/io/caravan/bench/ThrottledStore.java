package io.caravan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A store as it is from afar: a proxy whose answers begin some time after the request, and come at a limited rate over each
 * connection. What is sent to the store is not held up.
 */
final class ThrottledStore implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int BACKLOG = 100;

    private final URI store;
    private final long delayNanos;
    private final double nanosPerByte;
    private final ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());

    /**
     * Listens on a free port.
     *
     * @param delayMillis from a request to the first byte of its answer
     * @param bytesPerSecond over each connection
     */
    ThrottledStore(URI store, long delayMillis, double bytesPerSecond) throws IOException {
        this.store = store;
        this.delayNanos = delayMillis * 1_000_000;
        this.nanosPerByte = 1e9 / bytesPerSecond;
        start(() -> {
            while (true) {
                connect(socket.accept());
            }
        });
    }

    /** Returns where to reach it. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(store.getHost(), store.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        AtomicLong asked = new AtomicLong();
        start(() -> {
            try (client;
                    server) {
                forward(client.getInputStream(), server.getOutputStream(), asked);
            }
        });
        start(() -> {
            try (client;
                    server) {
                answer(server.getInputStream(), client.getOutputStream(), asked);
            }
        });
    }

    private static void forward(InputStream from, OutputStream to, AtomicLong asked) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            asked.set(System.nanoTime());
            to.write(buffer, 0, read);
        }
    }

    private void answer(InputStream from, OutputStream to, AtomicLong asked) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long free = System.nanoTime();
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            long request = asked.getAndSet(0);
            if (request != 0) {
                free = request + delayNanos;
            }
            free = Math.max(free, System.nanoTime() - delayNanos);
            sleepUntil(free);
            to.write(buffer, 0, read);
            free += (long) (read * nanosPerByte);
        }
    }

    private static void sleepUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void start(Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException e) {
                        // One of both sides is gone.
                    }
                },
                "throttled store");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private interface Pump {
        void run() throws IOException;
    }
}
