package io.caravan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before the sandbox's warehouse and notes each statement that passes, once for each execution, with BEGIN and COMMIT. It
 * reads PostgreSQL's protocol 3, unencrypted (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
public final class StatementTap implements AutoCloseable {

    private final int port;
    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<String> statements = new CopyOnWriteArrayList<>();

    /** Passes connections to a free port on to this port of the loopback. */
    public StatementTap(int port) throws IOException {
        this.port = port;
        start(this::accept);
    }

    /** Returns where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the statements since the last time, in the order in which they were executed, and forgets them. */
    public List<String> take() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> listen(client, server));
                start(() -> copy(server, client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void listen(Socket client, Socket server) {
        Map<String, String> prepared = new HashMap<>();
        Map<String, String> bound = new HashMap<>();
        try (client;
                server) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            // The first message has no type.
            int length = in.readInt();
            out.writeInt(length);
            out.write(in.readNBytes(length - 4));
            out.flush();
            while (true) {
                int type = in.readUnsignedByte();
                length = in.readInt();
                byte[] body = in.readNBytes(length - 4);
                String[] texts = new String(body, UTF_8).split("\0", -1);
                switch (type) {
                    case 'Q' -> add(texts[0]);
                    case 'P' -> prepared.put(texts[0], texts[1]);
                    case 'B' -> bound.put(texts[0], prepared.getOrDefault(texts[1], ""));
                    case 'E' -> add(bound.getOrDefault(texts[0], ""));
                    default -> {}
                }
                out.writeByte(type);
                out.writeInt(length);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One side is gone.
        }
    }

    /** An empty one only asks whether the other side is there. */
    private void add(String statement) {
        if (!statement.isBlank()) {
            statements.add(statement);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "statement-tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
