package io.caravan.sandbox.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.sandbox.fault.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Glue and Secrets Manager, which speak AWS JSON 1.1 on one loopback port, to whoever signs as the sandbox's user. */
public final class CatalogServer implements AutoCloseable {

    private static final String TYPE = "application/x-amz-json-1.1";

    /** By the beginnings of their targets. */
    private final Map<String, Service> services;

    private final RequestSignature signature;
    private final Faults faults;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sandbox-glue");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to answer.
     *
     * @param directory keeps what there is
     * @param port 0 for any free one
     * @param faults those of the catalog strike here
     */
    public CatalogServer(Path directory, int port, String accessKey, String secretKey, Faults faults) {
        this.faults = faults;
        this.services = Map.of(
                "AWSGlue",
                GlueCatalog.open(directory, Clock.systemUTC(), this::encrypts),
                "secretsmanager",
                Secrets.open(directory));
        this.signature = new RequestSignature(accessKey, secretKey);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    "Port " + port + " for the sandbox's Glue is taken; choose another with --glue-port",
                    e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private boolean encrypts() {
        return !faults.find(Faults.CATALOG, fault -> fault.kind() == Kind.CATALOG_ENCRYPTED)
                .isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String name = target.substring(target.indexOf('.') + 1);
            Optional<Fault> fault = faults.strike(
                    Faults.CATALOG, waiting -> waiting.kind() != Kind.CATALOG_ENCRYPTED && waiting.matches(name));
            int status = 200;
            ObjectNode answer;
            try {
                answer = answer(exchange, target, body, fault.map(Fault::kind).orElse(null));
            } catch (RefusedCallException e) {
                status = e.status();
                answer = CatalogFile.JSON.createObjectNode();
                answer.put("__type", e.type()).put("Message", e.getMessage());
            }
            if (fault.filter(struck -> struck.kind() == Kind.CATALOG_CUT).isPresent()) {
                // It is done, and nobody hears of it.
                return;
            }
            byte[] text = CatalogFile.JSON.writeValueAsString(answer).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private ObjectNode answer(HttpExchange exchange, String target, byte[] body, @Nullable Kind fault) {
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestURI().getPath().equals("/")
                || !TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new RefusedCallException("UnknownOperationException", 404, "It takes POST / with " + TYPE);
        }
        int dot = target.indexOf('.');
        @Nullable Service service = services.get(target.substring(0, Math.max(0, dot)));
        if (service == null) {
            throw new RefusedCallException(
                    "UnknownOperationException", 400, target + " is not supported by the sandbox");
        }
        signature.check(service.signedAs(), exchange.getRequestHeaders(), body);
        if (fault != null) {
            CatalogFaults.refuse(fault);
        }
        try {
            if (CatalogFile.JSON.readTree(body) instanceof ObjectNode request) {
                return service.answer(target.substring(dot + 1), request);
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw new RefusedCallException("SerializationException", 400, "The body is no JSON object");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
