package io.caravan.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.app.settings.Setting;
import io.caravan.app.settings.UiSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a site for people, and lets nothing through that the guard refuses. */
public final class WebServer implements AutoCloseable {

    /** A browser opens six connections, and pages are made in milliseconds. */
    private static final int MOST_REQUESTS = 32;

    private static final long NO_BODY = -1;

    /** The JDK keeps a native buffer for each thread, as large as the largest write. */
    private static final int SLICE = 1 << 16;

    /** No script, style or picture but our own; nobody may show a page inside of theirs, or learn of it. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            // With no-referrer a form would not say where it comes from.
            "Referrer-Policy",
            "same-origin",
            "Cache-Control",
            "no-store",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    private final Guard guard;
    private final Site site;
    private final HttpServer server;
    private final HttpThreads threads = new HttpThreads(MOST_REQUESTS);

    /**
     * Begins to answer.
     *
     * @throws io.caravan.base.InvalidConfigurationException if it cannot listen there
     */
    public WebServer(UiSettings settings, Site site, SecureRandom random, Clock clock) {
        this.guard = new Guard(settings, random, clock);
        this.site = site;
        this.server = Listening.on(settings.address(), settings.port(), Setting.UI_ADDRESS, Setting.UI_PORT);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        log.info("The page for people: http://{}:{}/", settings.address(), port());
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        WebResponse answer = answer(exchange);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        // Closing both, and not the exchange, leaves the connection open for the client's next request.
        exchange.getRequestBody().close();
        try (OutputStream response = exchange.getResponseBody()) {
            byte[] body = answer.body().getBytes(UTF_8);
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (isHead && body.length > 0) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            }
            exchange.sendResponseHeaders(answer.status(), isHead || body.length == 0 ? NO_BODY : body.length);
            for (int from = 0; !isHead && from < body.length; from += SLICE) {
                response.write(body, from, Math.min(SLICE, body.length - from));
            }
        }
    }

    private WebResponse answer(HttpExchange exchange) throws IOException {
        try {
            WebRequest request = WebRequest.read(exchange);
            Visitor visitor = guard.visitor(request);
            if (request.isReading()) {
                return site.get(request, visitor, guard.token(visitor));
            }
            if (!request.isPost()) {
                return WebResponse.refused(new WebRefusal(WebResponse.NOT_ALLOWED, "GET, HEAD and POST are answered"))
                        .with("Allow", "GET, HEAD, POST");
            }
            guard.requireOurForm(request, visitor);
            return site.post(request, visitor);
        } catch (WebRefusal e) {
            WebResponse refused = WebResponse.refused(e);
            return e.status() == WebResponse.UNAUTHORIZED
                    ? guard.challenge()
                            .map(challenge -> refused.with("WWW-Authenticate", challenge))
                            .orElse(refused)
                    : refused;
        } catch (RuntimeException e) {
            log.error("Could not answer {}", exchange.getRequestURI().getPath(), e);
            return WebResponse.refused(new WebRefusal(WebResponse.FAILED, "This failed; the log says why"));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
