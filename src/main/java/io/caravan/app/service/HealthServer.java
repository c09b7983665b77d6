package io.caravan.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.Setting;
import io.caravan.app.web.HttpThreads;
import io.caravan.app.web.Listening;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET and HEAD for a few pages over HTTP. */
final class HealthServer implements AutoCloseable {

    /**
     * An answer.
     *
     * @param status of HTTP
     */
    record Answer(int status, String contentType, String body) {

        static Answer json(boolean isGood, String body) {
            return new Answer(isGood ? OK : UNAVAILABLE, "application/json", body);
        }
    }

    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final long NO_BODY = -1;
    private static final String TEXT = "text/plain; charset=utf-8";

    /** A probe, a scrape and some people; when there are more, some of them are slow. */
    private static final int MOST_REQUESTS = 16;

    /** The JDK keeps a native buffer for each thread, as large as the largest write. */
    private static final int SLICE = 1 << 16;

    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private final Map<String, Supplier<Answer>> pages;
    private final HttpServer server;
    private final HttpThreads threads = new HttpThreads(MOST_REQUESTS);

    /**
     * Begins to answer.
     *
     * @param pages by their paths
     * @throws io.caravan.base.InvalidConfigurationException if it cannot listen there
     */
    HealthServer(HttpSettings settings, Map<String, Supplier<Answer>> pages) {
        this.pages = new TreeMap<>(pages);
        this.server = Listening.on(settings.address(), settings.port(), Setting.HTTP_ADDRESS, Setting.HTTP_PORT);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        log.info(
                "Health and metrics: {} on port {} of {}",
                this.pages.keySet(),
                port(),
                Listening.name(settings.address()));
    }

    /** Returns the port on which it listens. */
    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing both, and not the exchange, leaves the connection open for the client's next request.
        exchange.getRequestBody().close();
        try (OutputStream response = exchange.getResponseBody()) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (isHead(exchange)) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(answer.status(), NO_BODY);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                for (int from = 0; from < body.length; from += SLICE) {
                    response.write(body, from, Math.min(SLICE, body.length - from));
                }
            }
        }
    }

    private Answer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        Supplier<Answer> page = pages.get(path);
        if (page == null) {
            return new Answer(
                    NOT_FOUND, TEXT, "There is nothing here; there is " + String.join(", ", pages.keySet()) + "\n");
        }
        if (!isHead(exchange) && !exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().put("Allow", List.of("GET, HEAD"));
            return new Answer(NOT_ALLOWED, TEXT, "Only GET and HEAD are answered\n");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            log.error("Could not answer {}", path, e);
            return new Answer(FAILED, TEXT, "This failed; the log says why\n");
        }
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
