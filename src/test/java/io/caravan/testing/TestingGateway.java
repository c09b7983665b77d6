package io.caravan.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands before the sandbox's S3, and answers for it where a test says so. One request to a connection. */
public final class TestingGateway implements AutoCloseable {

    private final URI store;
    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> refused = new ConcurrentHashMap<>();

    /** Passes requests to a free port on to this address. */
    public TestingGateway(URI store) throws IOException {
        this.store = store;
        start(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /**
     * Refuses requests to read an object, until {@link #pass}.
     *
     * @param status as in {@code 403 Forbidden}
     * @param code S3's error code
     */
    public void refuse(String bucket, String key, String status, String code) {
        refusals.put("GET /" + bucket + "/" + key + " ", answer(status, code));
    }

    /** Refuses requests to list a bucket, until {@link #pass}. */
    public void refuseListing(String bucket, String status, String code) {
        refusals.put("GET /" + bucket + "?", answer(status, code));
    }

    /** Refuses requests that write objects of a bucket, by the method {@code PUT} or {@code DELETE}, until {@link #pass}. */
    public void refuseWriting(String method, String bucket, String status, String code) {
        refusals.put(method + " /" + bucket + "/", answer(status, code));
    }

    /** Does something before each request for a list of what begins with a prefix of letters and digits is passed on. */
    public void beforeListing(String bucket, String prefix, Runnable action) {
        actions.put("GET /" + bucket + "\\?(\\S*&)?prefix=" + prefix + "[& ].*", action);
    }

    /** Refuses nothing any more, and does nothing more either. */
    public void pass() {
        refusals.clear();
        actions.clear();
    }

    /** Returns how often an object was refused. */
    public int refused(String bucket, String key) {
        AtomicInteger count = refused.get("GET /" + bucket + "/" + key + " ");
        return count == null ? 0 : count.get();
    }

    private static String answer(String status, String code) {
        String body = "<Error><Code>" + code + "</Code><Message>refused by the test</Message></Error>";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            @Nullable String refusal = refusal(head);
            if (refusal != null) {
                client.getOutputStream().write(refusal.getBytes(ISO_8859_1));
                return;
            }
            actions.forEach((request, action) -> {
                if (head.lines().findFirst().orElseThrow().matches(request)) {
                    action.run();
                }
            });
            try (Socket server = new Socket(store.getHost(), store.getPort())) {
                // So that the answer ends with the connection.
                String last = head.replaceAll("(?i)\r\nConnection: [^\r]*", "")
                        .replaceFirst("\r\n", "\r\nConnection: close\r\n");
                server.getOutputStream().write(last.getBytes(ISO_8859_1));
                start(() -> copy(client, server));
                copy(server, client);
            }
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private @Nullable String refusal(String head) {
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            if (head.startsWith(refusal.getKey())) {
                refused.computeIfAbsent(refusal.getKey(), key -> new AtomicInteger())
                        .incrementAndGet();
                return refusal.getValue();
            }
        }
        return null;
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request ends early");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "testing-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
