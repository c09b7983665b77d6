package io.caravan.app.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.service.HealthServer.Answer;
import io.caravan.app.settings.HttpSettings;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server against real sockets of clients that take their time. */
class HealthServerTest {

    /** Far less than a slow client is cut off after, and enough for a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int MOST_THREADS = 40;
    private static final String LARGE = "x".repeat(8_000_000);

    @ParameterizedTest
    @CsvSource({
        "4, 'GET /health HTTP/1.1\r\nHos'",
        "40, 'GET /health HTTP/1.1\r\nHos'",
        "400, 'GET /health HTTP/1.1\r\nHos'",
        "40, 'G'",
        "40, 'POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n'",
        "40, 'POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n'",
        "40, 'POST /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'",
        "40, 'GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n'",
        "40, 'GET /large HTTP/1.1\r\nHost: x\r\n\r\n'",
        "40, 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'",
        "400, ''"
    })
    void slowClientsKeepNoProbeWaiting(int clients, String begun) throws Exception {
        try (HealthServer server = server()) {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < clients; i++) {
                    slow.add(client(server, begun));
                    if (i % 20 == 0) {
                        assertProbed(server);
                    }
                }
                for (int i = 0; i < 10; i++) {
                    assertProbed(server);
                    assertThat(threads()).isLessThan(MOST_THREADS);
                }
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
            Waiting.until("the threads are free", () -> threads() < MOST_THREADS);
        }
    }

    @Test
    void aClientThatSendsItsHeaderByteByByteKeepsNoProbeWaiting() throws Exception {
        try (HealthServer server = server()) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                slow.add(client(server, "GET /health/live HTTP/1.1\r\nX: "));
            }
            for (int round = 0; round < 20; round++) {
                for (Socket socket : slow) {
                    try {
                        socket.getOutputStream().write('y');
                    } catch (IOException e) {
                        // Cut off.
                    }
                }
                assertProbed(server);
            }
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatIsAloneMayTakeSomeTime() throws Exception {
        try (HealthServer server = server();
                Socket client = client(server, "GET /health/live HT")) {
            for (int i = 0; i < 20; i++) {
                assertProbed(server);
            }
            client.getOutputStream().write("TP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            InputStream answer = client.getInputStream();
            assertThat(new String(answer.readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("alive");
        }
    }

    private static void assertProbed(HealthServer server) throws Exception {
        // A connection of its own, as each probe of Kubernetes has.
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/health/live"))
                                .timeout(PATIENCE)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static HealthServer server() {
        return new HealthServer(
                new HttpSettings("127.0.0.1", 0),
                Map.of(
                        "/health", () -> new Answer(200, "text/plain", "all"),
                        "/health/live", () -> new Answer(200, "text/plain", "alive"),
                        "/large", () -> new Answer(200, "text/plain", LARGE)));
    }

    private static Socket client(HealthServer server, String begun) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(begun.replace("\\r\\n", "\r\n").getBytes(US_ASCII));
        return socket;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("http"))
                .count();
    }
}
