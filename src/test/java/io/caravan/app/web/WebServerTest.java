package io.caravan.app.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.settings.UiAccess;
import io.caravan.app.settings.UiAccess.Kind;
import io.caravan.app.settings.UiSettings;
import io.caravan.testing.TestingClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the page against whoever may reach it, over real sockets. */
class WebServerTest {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    private final TestingClock clock = new TestingClock();

    @TempDir
    private Path directory;

    private Path passwords;
    private Path tokens;
    private Path proxySecret;

    /** Says who asks and what their forms need, and has a form that does something. */
    private static final class Echo implements Site {

        private int done;

        @Override
        public WebResponse get(WebRequest request, Visitor visitor, String token) {
            return WebResponse.of(
                    WebResponse.OK,
                    WebResponse.HTML,
                    "secret page of " + visitor.shown() + (visitor.mayAct() ? " acts" : "")
                            + (visitor.maySeeValues() ? " sees" : "") + " token=" + token + ".");
        }

        @Override
        public WebResponse post(WebRequest request, Visitor visitor) {
            done++;
            return WebResponse.seeOther("/done");
        }
    }

    private final Echo site = new Echo();

    @BeforeEach
    void write() throws IOException {
        passwords = Files.writeString(directory.resolve("passwords"), "anna:geheim:1\nbert:x\n\nnobody:\n");
        tokens = Files.writeString(directory.resolve("tokens"), "script:t0ken\n");
        proxySecret = Files.writeString(directory.resolve("proxy"), "only-the-proxy-knows\n");
    }

    @Test
    void whoIsNotKnownSeesNothingAndIsAskedWhoTheyAre() throws Exception {
        try (WebServer server = server(null)) {
            for (String credentials : List.of(
                    "X: y",
                    basic("anna", "wrong"),
                    basic("anna", ""),
                    basic("nobody", ""),
                    basic("", "x"),
                    "Authorization: Basic ###",
                    "Authorization: Bearer wrong",
                    "Authorization: Bearer ")) {
                String answer = send(server, "GET / HTTP/1.1", credentials);
                assertThat(answer)
                        .as(credentials)
                        .startsWith("HTTP/1.1 401 ")
                        .contains("Www-authenticate: Basic realm=\"Caravan\"")
                        .doesNotContain("secret page");
            }
        }
    }

    @Test
    void passwordsAndTokensAreReadAnew() throws Exception {
        try (WebServer server = server(null)) {
            assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                    .contains("of anna acts sees");
            assertThat(send(server, "GET / HTTP/1.1", basic("bert", "x"))).contains("of bert token");
            assertThat(send(server, "GET / HTTP/1.1", "Authorization: Bearer t0ken"))
                    .contains("of script token");
            Files.writeString(passwords, "anna:neu\n");
            assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(send(server, "GET / HTTP/1.1", basic("anna", "neu"))).contains("of anna acts");
        }
    }

    @Test
    void aProxysHeaderIsBelievedOnlyWithItsSecret() throws Exception {
        try (WebServer server = server(null)) {
            String user = "X-Forwarded-User: anna";
            assertThat(send(server, "GET / HTTP/1.1", user)).startsWith("HTTP/1.1 401 ");
            assertThat(send(server, "GET / HTTP/1.1", user, "X-Caravan-Proxy-Secret: "))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(send(server, "GET / HTTP/1.1", user, "X-Caravan-Proxy-Secret: guess"))
                    .startsWith("HTTP/1.1 401 ");
            // Two of them: what a proxy has added stands beside what its client has sent.
            assertThat(send(
                            server,
                            "GET / HTTP/1.1",
                            "X-Forwarded-User: bert",
                            user,
                            "X-Caravan-Proxy-Secret: only-the-proxy-knows"))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(send(server, "GET / HTTP/1.1", user, "X-Caravan-Proxy-Secret: only-the-proxy-knows"))
                    .contains("of anna acts");
        }
    }

    @Test
    void afterTenFailedLogInsASourceWaitsAMinute() throws Exception {
        try (WebServer server = server(null)) {
            for (int i = 0; i < 10; i++) {
                assertThat(send(server, "GET / HTTP/1.1", basic("anna", "guess" + i)))
                        .startsWith("HTTP/1.1 401 ");
            }
            assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                    .startsWith("HTTP/1.1 429 ");
            clock.pass(Duration.ofSeconds(61));
            assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aFormIsTakenFromOurOwnPageAlone() throws Exception {
        try (WebServer server = server(null)) {
            String anna = basic("anna", "geheim:1");
            String own = "Origin: http://127.0.0.1:" + server.port();
            String token = "token=" + token(send(server, "GET / HTTP/1.1", anna));
            String bertsToken = "token=" + token(send(server, "GET / HTTP/1.1", basic("bert", "x")));

            assertThat(post(server, token, anna)).as("no origin").startsWith("HTTP/1.1 403 ");
            for (String origin : List.of(
                    "http://evil.example",
                    "http://127.0.0.1",
                    "https://127.0.0.1:" + server.port(),
                    "http://127.0.0.1:" + server.port() + ".evil.example",
                    "null")) {
                assertThat(post(server, token, anna, "Origin: " + origin))
                        .as(origin)
                        .startsWith("HTTP/1.1 403 ");
            }
            for (String site : List.of("cross-site", "same-site", "none")) {
                assertThat(post(server, token, anna, own, "Sec-Fetch-Site: " + site))
                        .as(site)
                        .startsWith("HTTP/1.1 403 ");
            }
            assertThat(post(server, "token=", anna, own)).startsWith("HTTP/1.1 403 ");
            assertThat(post(server, "", anna, own)).startsWith("HTTP/1.1 403 ");
            assertThat(post(server, "token=0123456789abcdef", anna, own)).startsWith("HTTP/1.1 403 ");
            assertThat(post(server, bertsToken, anna, own)).as("another's").startsWith("HTTP/1.1 403 ");
            assertThat(post(server, token, own)).as("nobody").startsWith("HTTP/1.1 401 ");
            assertThat(site.done).isZero();

            assertThat(post(server, token, anna, own)).startsWith("HTTP/1.1 303 ");
            assertThat(post(server, token, anna, own, "Sec-Fetch-Site: same-origin"))
                    .startsWith("HTTP/1.1 303 ");
            clock.pass(Duration.ofHours(1));
            assertThat(post(server, token, anna, own)).as("of the hour before").startsWith("HTTP/1.1 303 ");
            clock.pass(Duration.ofHours(1));
            assertThat(post(server, token, anna, own)).as("too old").startsWith("HTTP/1.1 403 ");
            assertThat(site.done).isEqualTo(3);
        }
    }

    @Test
    void behindAProxyFormsComeFromTheAddressThatBrowsersKnow() throws Exception {
        try (WebServer server = server(URI.create("https://caravan.example.com"))) {
            String anna = basic("anna", "geheim:1");
            String token = "token=" + token(send(server, "GET / HTTP/1.1", anna));
            assertThat(post(server, token, anna, "Origin: http://127.0.0.1:" + server.port()))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(post(server, token, anna, "Origin: https://caravan.example.com"))
                    .startsWith("HTTP/1.1 303 ");
        }
    }

    @Test
    void aPageThatIsOpenIsForThisMachineAndNobodyActs() throws Exception {
        try (WebServer server = new WebServer(UiSettings.ofLoopback(0), site, new SecureRandom(), clock)) {
            assertThat(send(server, "GET / HTTP/1.1")).contains("of anybody token");
            for (String host : List.of("evil.example", "evil.example:" + server.port(), "127.0.0.1.evil.example", "")) {
                assertThat(raw(server, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .as(host)
                        .startsWith("HTTP/1.1 421 ")
                        .doesNotContain("secret page");
            }
            for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:" + server.port(), "[::1]:1")) {
                assertThat(raw(server, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .as(host)
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void everyAnswerForbidsWhatIsNotOurs() throws Exception {
        try (WebServer server = server(null)) {
            for (String answer : List.of(
                    send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")),
                    send(server, "HEAD / HTTP/1.1", basic("anna", "geheim:1")),
                    send(server, "GET / HTTP/1.1"),
                    send(server, "DELETE / HTTP/1.1", basic("anna", "geheim:1")),
                    send(server, "GET /%ZZ HTTP/1.1", basic("anna", "geheim:1")))) {
                if (answer.startsWith("HTTP/1.1 400 Bad Request")) {
                    // The JDK's own, before it is ours.
                    continue;
                }
                assertThat(answer)
                        .contains("Content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';")
                        .contains("frame-ancestors 'none'")
                        .contains("X-content-type-options: nosniff")
                        .contains("Referrer-policy: same-origin")
                        .contains("Cache-control: no-store")
                        .contains("Cross-origin-opener-policy: same-origin");
            }
            assertThat(send(server, "DELETE / HTTP/1.1", basic("anna", "geheim:1")))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void aFormThatIsNoneOrTooLongIsRefused() throws Exception {
        try (WebServer server = server(null)) {
            String anna = basic("anna", "geheim:1");
            assertThat(
                            raw(
                                    server,
                                    "POST / HTTP/1.1\r\nHost: x\r\n" + anna
                                            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 415 ");
            assertThat(post(server, "a=" + "b".repeat(20_000), anna)).startsWith("HTTP/1.1 413 ");
            assertThat(site.done).isZero();
        }
    }

    @Test
    void aThousandConnectionsKeepNobodyWaiting() throws Exception {
        try (WebServer server = server(null)) {
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < 1_000; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    open.add(socket);
                    if (i % 3 > 0) {
                        // Some begin a request, some send a body without an end, some nothing.
                        socket.getOutputStream()
                                .write((i % 3 == 1
                                                ? "GET / HTTP/1.1\r\nHos"
                                                : "POST / HTTP/1.1\r\nHost: x\r\n" + FORM
                                                        + "\r\nContent-Length: 100\r\n\r\na")
                                        .getBytes(US_ASCII));
                    }
                    if (i % 200 == 0) {
                        assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                                .startsWith("HTTP/1.1 200 ");
                    }
                }
                assertThat(send(server, "GET / HTTP/1.1", basic("anna", "geheim:1")))
                        .startsWith("HTTP/1.1 200 ");
            } finally {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        }
    }

    private WebServer server(@Nullable URI url) {
        UiSettings settings = new UiSettings(
                "127.0.0.1",
                0,
                List.of(
                        new UiAccess(Kind.PASSWORD_FILE, passwords.toString()),
                        new UiAccess(Kind.TOKEN_FILE, tokens.toString()),
                        new UiAccess(Kind.HEADER, "x-forwarded-user")),
                proxySecret,
                url,
                Set.of("anna"),
                true);
        return new WebServer(settings, site, new SecureRandom(), clock);
    }

    private static String basic(String name, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(US_ASCII));
    }

    private static String token(String page) {
        return page.replaceAll("(?s).*token=([0-9a-f]+)\\..*", "$1");
    }

    private static String post(WebServer server, String form, String... headers) throws IOException {
        return raw(
                server,
                "POST /act HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + FORM + "\r\nContent-Length: "
                        + form.length() + "\r\nConnection: close\r\n"
                        + String.join(
                                "",
                                List.of(headers).stream()
                                        .map(header -> header + "\r\n")
                                        .toList()) + "\r\n"
                        + form);
    }

    private static String send(WebServer server, String line, String... headers) throws IOException {
        return raw(
                server,
                line + "\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: close\r\n"
                        + String.join(
                                "",
                                List.of(headers).stream()
                                        .map(header -> header + "\r\n")
                                        .toList()) + "\r\n");
    }

    private static String raw(WebServer server, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), US_ASCII);
        }
    }
}
