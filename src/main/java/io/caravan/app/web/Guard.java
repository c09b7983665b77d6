package io.caravan.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.settings.UiAccess;
import io.caravan.app.settings.UiSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may look and who may act. Safe for use by several threads. */
final class Guard {

    /** By which a proxy proves that it is the proxy. */
    static final String PROXY_SECRET = "x-caravan-proxy-secret";

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    private final UiSettings settings;
    private final FailedLogins failedLogins;
    private final Seal seal;

    Guard(UiSettings settings, SecureRandom random, Clock clock) {
        this.settings = settings;
        this.failedLogins = new FailedLogins(clock);
        this.seal = new Seal(random, clock);
    }

    /**
     * Returns who sends a request.
     *
     * @throws WebRefusal if nobody does who may look
     */
    Visitor visitor(WebRequest request) {
        if (settings.isOpen()) {
            requireLoopback(request);
            return new Visitor("", false, false);
        }
        if (failedLogins.areTooMany(request.source())) {
            throw new WebRefusal(WebResponse.TOO_MANY, "Too many log-ins have failed; wait a minute");
        }
        Optional<String> name = settings.access().stream()
                .flatMap(access -> name(access, request).stream())
                .findFirst();
        if (name.isEmpty()) {
            // A browser asks for a password only after it was refused once without.
            if (hasCredentials(request)) {
                failedLogins.add(request.source());
            }
            throw new WebRefusal(WebResponse.UNAUTHORIZED, "Log in to look at this");
        }
        boolean mayAct = settings.operators().contains(name.get());
        return new Visitor(name.get(), mayAct, mayAct && settings.showsValues());
    }

    /** Another site may give its name the address of this machine; the browser still says the name. */
    private static void requireLoopback(WebRequest request) {
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new WebRefusal(WebResponse.MISDIRECTED, "This page is for localhost and 127.0.0.1");
        }
    }

    private boolean hasCredentials(WebRequest request) {
        return request.header("authorization").isPresent()
                || settings.access().stream()
                        .filter(access -> access.kind() == UiAccess.Kind.HEADER)
                        .anyMatch(access -> request.header(access.argument()).isPresent());
    }

    private Optional<String> name(UiAccess access, WebRequest request) {
        return switch (access.kind()) {
            case NONE -> Optional.empty();
            case PASSWORD_FILE -> basic(request, new AccountFile(Path.of(access.argument())));
            case TOKEN_FILE -> bearer(request, new AccountFile(Path.of(access.argument())));
            case HEADER -> proxied(request, access.argument());
        };
    }

    private static Optional<String> basic(WebRequest request, AccountFile accounts) {
        String header = request.header("authorization").orElse("");
        if (!header.startsWith(BASIC)) {
            return Optional.empty();
        }
        String credentials;
        try {
            credentials = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = credentials.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String name = credentials.substring(0, colon);
        return accounts.has(name, credentials.substring(colon + 1)) ? Optional.of(name) : Optional.empty();
    }

    private static Optional<String> bearer(WebRequest request, AccountFile accounts) {
        String header = request.header("authorization").orElse("");
        return header.startsWith(BEARER)
                ? accounts.nameOf(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private Optional<String> proxied(WebRequest request, String header) {
        @Nullable Path file = settings.proxySecretFile();
        if (file == null) {
            return Optional.empty();
        }
        try {
            String secret = Files.readString(file).strip();
            boolean isProxy = Seal.isSame(secret, request.header(PROXY_SECRET).orElse(""));
            return isProxy && !secret.isEmpty()
                    ? request.header(header).filter(name -> !name.isBlank())
                    : Optional.empty();
        } catch (IOException e) {
            log.error("Nobody can log in: the file {} cannot be read as text in UTF-8: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Returns what a form of this visitor has to send. */
    String token(Visitor visitor) {
        return seal.token(visitor.name());
    }

    /**
     * Looks whether a form was sent by a page of ours.
     *
     * @throws WebRefusal if that is not sure
     */
    void requireOurForm(WebRequest request, Visitor visitor) {
        String origin = request.header("origin").orElse("");
        if (!origin.equals(ourOrigin(request))) {
            throw new WebRefusal(
                    WebResponse.FORBIDDEN,
                    "This form does not come from this page. If a proxy stands before it, set caravan.ui.url to the"
                            + " address that browsers show");
        }
        String site = request.header("sec-fetch-site").orElse("same-origin");
        if (!site.equals("same-origin")) {
            throw new WebRefusal(WebResponse.FORBIDDEN, "This form comes from another site");
        }
        if (!seal.isToken(visitor.name(), request.field("token").orElse(""))) {
            throw new WebRefusal(WebResponse.FORBIDDEN, "This form is too old: load its page again");
        }
    }

    private String ourOrigin(WebRequest request) {
        @Nullable URI url = settings.url();
        return url == null
                ? "http://" + request.header("host").orElse("")
                : url.getScheme() + "://" + url.getAuthority();
    }

    /** Returns how a client is asked who it is; empty if it is not to say so by itself. */
    Optional<String> challenge() {
        boolean isBasic = settings.access().stream().anyMatch(access -> access.kind() == UiAccess.Kind.PASSWORD_FILE);
        boolean isBearer = settings.access().stream().anyMatch(access -> access.kind() == UiAccess.Kind.TOKEN_FILE);
        if (isBasic) {
            return Optional.of("Basic realm=\"Caravan\", charset=\"UTF-8\"");
        }
        return isBearer ? Optional.of("Bearer") : Optional.empty();
    }
}
