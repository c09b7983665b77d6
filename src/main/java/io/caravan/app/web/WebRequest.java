package io.caravan.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request, as its client has written it: nothing in it is to be believed. */
public final class WebRequest {

    private static final int MOST_FORM_BYTES = 16 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final String method;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> form;
    private final Map<String, String> headers;
    private final String source;

    private WebRequest(
            String method,
            List<String> path,
            Map<String, String> query,
            Map<String, String> form,
            Map<String, String> headers,
            String source) {
        this.method = method;
        this.path = List.copyOf(path);
        this.query = Map.copyOf(query);
        this.form = Map.copyOf(form);
        this.headers = Map.copyOf(headers);
        this.source = source;
    }

    /**
     * Reads a request.
     *
     * @throws WebRefusal if it is none that a page or a form of ours could have made
     */
    static WebRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (values.size() == 1) {
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        String method = exchange.getRequestMethod();
        Map<String, String> form = method.equals("POST") ? form(exchange, headers) : Map.of();
        return new WebRequest(
                method,
                segments(exchange.getRequestURI().getRawPath()),
                pairs(exchange.getRequestURI().getRawQuery()),
                form,
                headers,
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static List<String> segments(@Nullable String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : (rawPath == null ? "" : rawPath).split("/", -1)) {
            if (!segment.isEmpty()) {
                // In a path a plus is a plus.
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    private static Map<String, String> form(HttpExchange exchange, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("content-type", "").startsWith(FORM)) {
            throw new WebRefusal(WebResponse.UNSUPPORTED, "A form is sent as " + FORM);
        }
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(MOST_FORM_BYTES + 1);
            if (bytes.length > MOST_FORM_BYTES) {
                throw new WebRefusal(WebResponse.TOO_LARGE, "No form is that long");
            }
            return pairs(new String(bytes, UTF_8));
        }
    }

    private static Map<String, String> pairs(@Nullable String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : (text == null ? "" : text).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new WebRefusal(WebResponse.BAD, "The address is not encoded as one is");
        }
    }

    /** Returns whether it changes nothing. */
    public boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** Returns the parts of the path, decoded; none is empty. */
    public List<String> path() {
        return path;
    }

    /** Returns a parameter of the address; empty if it has none of the name, or an empty one. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns a field of the form; empty if it has none of the name, or an empty one. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(form.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns a header by its name in small letters; empty if there is none, or more than one. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the address of who sent it, which may be a proxy. */
    String source() {
        return source;
    }
}
