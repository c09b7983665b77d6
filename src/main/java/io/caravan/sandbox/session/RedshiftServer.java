package io.caravan.sandbox.session;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The front: listens on a loopback port and makes every connection a {@link Session}. */
public final class RedshiftServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    /** Takes the port; clients wait until {@link #serve}. */
    public RedshiftServer(int port) {
        this.listener = listen(port);
    }

    /** Begins to make sessions of connections. */
    public void serve(Function<Socket, Session> sessions) {
        daemon(() -> accept(sessions), "sandbox-redshift").start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    "Port " + port + " for the sandbox's Redshift is taken; choose another with --redshift-port",
                    e);
        }
    }

    private void accept(Function<Socket, Session> sessions) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                begin(socket, () -> sessions.apply(socket).run());
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void begin(Socket socket, Runnable session) {
        clients.add(socket);
        Runnable work = () -> {
            try {
                session.run();
            } finally {
                clients.remove(socket);
            }
        };
        daemon(work, "sandbox-redshift-" + count.incrementAndGet()).start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        closeQuietly(listener);
        cutConnections();
    }

    public void cutConnections() {
        clients.forEach(RedshiftServer::closeQuietly);
    }

    private static void closeQuietly(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is going away in any case.
        }
    }
}
