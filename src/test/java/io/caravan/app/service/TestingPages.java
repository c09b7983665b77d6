package io.caravan.app.service;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.action.PageActs;
import io.caravan.app.action.PreviewLoads;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.preview.PreviewRequest;
import io.caravan.app.report.LoadListeners;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.UiSettings;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.LoadListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The service with its page in this process. */
public final class TestingPages implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private final Wiring wiring;
    private final Monitor monitor;
    private final MonitorPages pages;
    private final CamelRoutes routes;
    private final Reloader reloader;
    private boolean isClosed;

    public TestingPages(TestingCaravan caravan, UiSettings ui) {
        Settings settings = caravan.settings(StagedBy.INSERT);
        wiring = new Wiring(settings);
        monitor = new Monitor(settings.http(), wiring);
        pages = new MonitorPages(
                ui,
                monitor,
                wiring,
                (feed, key, rows) -> new PreviewLoads(SpiDecorator.NONE)
                        .preview(settings, new PreviewRequest(Set.of(feed), key, null, rows, false), LoadListener.NONE)
                        .feeds()
                        .get(0),
                history -> new PageActs(settings, new LoadListeners(monitor.listener(), history), SpiDecorator.NONE));
        LoadListener held = new LoadListener() {
            @Override
            public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
                gate.acquireUninterruptibly();
                gate.release();
            }

            @Override
            public void objectStarted(String loadId, ObjectVersion object) {
                gate.acquireUninterruptibly();
                gate.release();
            }
        };
        routes = wiring.routes(
                Feeds.look(settings),
                new LoadListeners(pages.history(), monitor.listener(), held),
                true,
                feed -> true,
                pages.firstRead());
        reloader = new Reloader(settings, wiring, routes, Clock.systemUTC(), pages.history());
        monitor.serve(routes, reloader::status);
        routes.start();
    }

    /** Holds each load where it tells how far it has read; {@link #release} lets all go on. */
    void hold() {
        gate.drainPermits();
    }

    void release() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    /** Takes route files that have changed. */
    void reload() {
        // What has changed counts when a second look sees the same.
        reloader.look();
        reloader.look();
    }

    int port() {
        return pages.port();
    }

    /** Returns where the service says how it gets on. */
    URI health() {
        return URI.create("http://127.0.0.1:" + monitor.port() + "/");
    }

    /** Returns the counters of a feed, each with its value. */
    List<String> counters(String feed) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(health().resolve("/metrics")).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.matches("caravan_\\w+_(total|count|sum)\\{.*feed=\"" + feed + "\".*"))
                .toList();
    }

    String base() {
        return "http://127.0.0.1:" + port();
    }

    /** Sends a GET with headers, names and values one after the other. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a form. */
    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        release();
        reloader.close();
        routes.close();
        pages.close();
        monitor.close();
        wiring.close();
    }
}
