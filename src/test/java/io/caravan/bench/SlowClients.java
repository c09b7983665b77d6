package io.caravan.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of the service's HTTP port that send a byte a second of a request which never ends, and do so again if they are thrown
 * out; and beside them the kubelet, which asks whether the process lives.
 */
final class SlowClients implements AutoCloseable {

    private static final int CLIENTS = 40;
    private static final long PAUSE_MILLIS = 1000;

    /** As the Deployment has it. */
    private static final int PROBE_MILLIS = 5000;

    private final int port;
    private final List<Socket> clients = new ArrayList<>();
    private final AtomicLong probes = new AtomicLong();
    private final AtomicLong failedProbes = new AtomicLong();
    private final Thread sender = new Thread(this::send, "slow clients");
    private final Thread kubelet = new Thread(this::probe, "probes");
    private volatile boolean isOpen = true;

    /** Starts them. */
    SlowClients(int port) {
        this.port = port;
        sender.start();
        kubelet.start();
    }

    /** Returns how many probes were answered or not. */
    long probes() {
        return probes.get();
    }

    /** Returns how many probes got no answer in time, or another than that the process lives. */
    long failedProbes() {
        return failedProbes.get();
    }

    private void send() {
        while (isOpen) {
            clients.removeIf(client -> !sendByte(client));
            while (clients.size() < CLIENTS && isOpen) {
                try {
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                    client.getOutputStream().write("GET /metrics HTTP/1.1\r\nx: ".getBytes(US_ASCII));
                    clients.add(client);
                } catch (IOException e) {
                    // Too many of them for now.
                    break;
                }
            }
            pause();
        }
        clients.forEach(SlowClients::close);
    }

    /** Returns whether the client is still listened to. */
    private static boolean sendByte(Socket client) {
        try {
            client.getOutputStream().write('x');
            return true;
        } catch (IOException e) {
            close(client);
            return false;
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private void probe() {
        while (isOpen) {
            probes.incrementAndGet();
            try {
                HttpURLConnection probe = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/live")
                        .toURL()
                        .openConnection();
                probe.setConnectTimeout(PROBE_MILLIS);
                probe.setReadTimeout(PROBE_MILLIS);
                if (probe.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    failedProbes.incrementAndGet();
                }
                probe.disconnect();
            } catch (IOException e) {
                failedProbes.incrementAndGet();
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // It is closed, which the loops see.
        }
    }

    @Override
    public void close() throws InterruptedException {
        isOpen = false;
        sender.interrupt();
        kubelet.interrupt();
        sender.join();
        kubelet.join();
    }
}
