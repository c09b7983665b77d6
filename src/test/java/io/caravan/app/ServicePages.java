package io.caravan.app;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of a service that runs in a process of its own. */
final class ServicePages implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Health and metrics: .* on port (\\d+) of ");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    private ServicePages(int port) {
        this.port = port;
    }

    /** Returns them as soon as they are served. */
    static ServicePages of(CaravanProcess run) throws Exception {
        Waiting.until("the port is logged", () -> PORT.matcher(run.stderr()).find());
        Matcher found = PORT.matcher(run.stderr());
        if (!found.find()) {
            throw new IllegalStateException("no port");
        }
        return new ServicePages(Integer.parseInt(found.group(1)));
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        // A client ends by itself.
    }
}
