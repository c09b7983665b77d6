package io.caravan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** AWS's services, as far as a test answers their requests, on a free port of the loopback. */
public final class TestingAws implements AutoCloseable {

    /**
     * A request.
     *
     * @param target what the JSON protocol calls the action; empty in other protocols
     * @param body in the query protocol a form
     * @param payer whom the request says to pay for it; empty if it says nothing
     */
    public record Request(String path, String target, String authorization, String body, String payer) {}

    /** An answer. */
    public record Answer(int status, String type, String body) {

        /** Returns one of the JSON protocol. */
        public static Answer json(int status, String body) {
            return new Answer(status, "application/x-amz-json-1.1", body);
        }

        /** Returns one of the query protocol. */
        public static Answer xml(String body) {
            return new Answer(200, "text/xml", body);
        }
    }

    private final HttpServer server;
    private final Function<Request, Answer> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public TestingAws(Function<Request, Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns what was asked so far. */
    public List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestURI().getPath(),
                    header(exchange, "X-Amz-Target"),
                    header(exchange, "Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    header(exchange, "x-amz-request-payer"));
            requests.add(request);
            Answer answer = answers.apply(request);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
