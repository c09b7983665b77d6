package io.caravan.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.caravan.model.ledger.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenLineageSinkTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = new CopyOnWriteArraySet<>();
    private final AtomicInteger answer = new AtomicInteger(201);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + body.replaceFirst(".*\"eventType\":\"(\\w+)\".*", "$1"));
            connections.add(exchange.getRemoteAddress());
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aLoadIsToldWithTheKeyThatTheServiceWants() throws IOException {
        tell(url());

        assertThat(asked)
                .containsExactly("/api/v1/lineage Bearer key-1 START", "/api/v1/lineage Bearer key-1 COMPLETE");
    }

    @Test
    void allLoadsAreToldOverOneConnectionWithTheKeyOfTheHour() throws IOException {
        AtomicInteger hour = new AtomicInteger();
        try (OpenLineageSink sink = sink(url(), () -> "key-" + hour.incrementAndGet())) {
            sink.tell(RunEventsTest.load(Outcome.LOADED), List.of());
            sink.tell(RunEventsTest.load(Outcome.LOADED), List.of());
        }

        assertThat(asked)
                .containsExactly(
                        "/api/v1/lineage Bearer key-1 START",
                        "/api/v1/lineage Bearer key-2 COMPLETE",
                        "/api/v1/lineage Bearer key-3 START",
                        "/api/v1/lineage Bearer key-4 COMPLETE");
        assertThat(connections).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 503})
    void anAnswerThatMayChangeIsWaitedFor(int status) {
        answer.set(status);

        assertThatThrownBy(() -> tell(url())).isInstanceOf(IOException.class).hasMessage(url() + " answers " + status);
    }

    @Test
    void whatTheServiceDoesNotTakeHoldsUpNothing() throws IOException {
        answer.set(422);

        tell(url());

        assertThat(asked).hasSize(1);
    }

    @Test
    void aServiceThatIsAwayIsWaitedFor() {
        URI url = url();
        server.stop(0);

        assertThatThrownBy(() -> tell(url))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(url + " cannot be reached: ")
                .hasMessageNotContaining("key-1");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void tell(URI url) throws IOException {
        try (OpenLineageSink sink = sink(url, () -> "key-1")) {
            sink.tell(RunEventsTest.load(Outcome.LOADED), List.of());
        }
    }

    private static OpenLineageSink sink(URI url, Supplier<String> key) {
        return new OpenLineageSink(
                new LineageEndpoint(url, key, "caravan"), "jdbc:redshift://localhost/dev", "0.1.0", new KnownTargets());
    }
}
