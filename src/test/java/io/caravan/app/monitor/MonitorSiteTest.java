package io.caravan.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.act.ActDesk;
import io.caravan.app.act.Acting;
import io.caravan.app.settings.UiSettings;
import io.caravan.app.web.WebServer;
import io.caravan.testing.TestingClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages of a service with 500 feeds and 100,000 loads, whose warehouse nobody may ask. */
class MonitorSiteTest {

    /** A hundred times what it takes on a machine that does nothing else. */
    private static final long MOST_MILLIS = 2_000;

    private static final int MOST_BYTES = 400_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestingSource source = new TestingSource(500, 200);
    private final MonitorSite site = new MonitorSite(
            source,
            (feed, key, rows) -> {
                throw new AssertionError("the warehouse is asked by itself");
            },
            new ActDesk(Acting.NONE, source.history(), new Random(1), Clock.systemUTC()),
            new TestingClock());
    private final WebServer server =
            new WebServer(UiSettings.ofLoopback(0), site, new SecureRandom(), Clock.systemUTC());

    @AfterEach
    void close() {
        server.close();
        site.close();
    }

    @Test
    void pagesAreQuickAndSmallAndAskNobody() throws Exception {
        assertThat(source.history().last(null, null, Integer.MAX_VALUE)).hasSize(100_000);
        String load = source.history().last("feed-7", null, 1).get(0).load().id();
        for (String page : List.of(
                "/",
                "/?from=400",
                "/?show=attention",
                "/?find=feed-49",
                "/feeds/feed-7",
                "/loads",
                "/loads?feed=feed-7&before=" + load,
                "/loads/" + load,
                "/loads/20200101T000000.000Z-0000000000",
                "/objects",
                "/objects?feed=feed-7&key=nowhere.csv",
                "/dead-letters?feed=feed-7",
                "/timeline?feed=feed-7",
                "/codes/VALUE_NULL")) {
            get(page);
            long begin = System.nanoTime();
            HttpResponse<String> answer = get(page);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(millis).as(page).isLessThan(MOST_MILLIS);
            assertThat(answer.body().length()).as(page).isLessThan(MOST_BYTES);
            assertThat(answer.body()).as(page).contains("<h1>").doesNotContain("style=");
        }
        assertThat(get("/objects?feed=feed-7&key=nowhere.csv").body())
                .contains("Not seen: no listing has found this key");
    }

    @Test
    void aRefreshIsOneRequestAndNothingWhereNothingIsNew() throws Exception {
        String page = get("/loads?feed=feed-7").body();
        String part = page.replaceAll("(?s).*hx-get=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
        assertThat(part).startsWith("/loads?feed=feed-7&part=");

        HttpResponse<String> same = get(part);
        assertThat(same.statusCode()).isEqualTo(204);
        assertThat(same.body()).isEmpty();

        source.history()
                .remember(
                        List.of(source.history().last("feed-7", null, 1).get(0).load()));
        assertThat(get(part).statusCode()).as("what is known already").isEqualTo(204);
        HttpResponse<String> other = get("/loads?feed=feed-7&part=another");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).startsWith("<div id=\"live\"").doesNotContain("<html");
    }

    @Test
    void whatIsNotThereIsSaidToBe() throws Exception {
        for (String page : List.of(
                "/feeds/none",
                "/feeds",
                "/api",
                "/loads/none",
                "/codes/NONE",
                "/assets/../x",
                "/acts/1",
                "/a/b/c",
                "/ask",
                "/api/acts/1")) {
            assertThat(get(page).statusCode()).as(page).isEqualTo(404);
        }
        for (String asset : List.of("monitor.css", "monitor.js", "htmx.min.js", "icon.svg")) {
            assertThat(get("/assets/" + asset).statusCode()).as(asset).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
