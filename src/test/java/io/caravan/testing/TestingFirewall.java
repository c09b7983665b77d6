package io.caravan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Stands between a client and a port of the loopback, and can forget the connections that go through it, or cut them. */
public final class TestingFirewall implements AutoCloseable {

    private final int port;
    private final ServerSocket listener;
    private final List<Flow> flows = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /** Lets connections to a free port through to this one. */
    public TestingFirewall(int port) throws IOException {
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing more through of the connections that there are; neither side is told. */
    public void forget() {
        flows.forEach(flow -> flow.forgotten = true);
    }

    /** Cuts all connections, and every new one, until {@link #mend}. */
    public void cut() throws IOException {
        cut = true;
        for (Flow flow : flows) {
            flow.close();
        }
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Flow flow = new Flow(client, new Socket(InetAddress.getLoopbackAddress(), port));
                flows.add(flow);
                start(() -> flow.pump(flow.client, flow.server));
                start(() -> flow.pump(flow.server, flow.client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "testing-firewall");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Flow flow : flows) {
            flow.close();
        }
    }

    private static final class Flow {

        private final Socket client;
        private final Socket server;
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean forgotten;

        Flow(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] bytes = new byte[8192];
                int count = in.read(bytes);
                while (count >= 0) {
                    if (forgotten) {
                        end.await();
                        return;
                    }
                    out.write(bytes, 0, count);
                    count = in.read(bytes);
                }
            } catch (IOException e) {
                // One side is gone, and the other follows.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void close() throws IOException {
            end.countDown();
            client.close();
            server.close();
        }
    }
}
