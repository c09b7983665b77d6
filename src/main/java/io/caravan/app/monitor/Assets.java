package io.caravan.app.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files that pages need, from beside the classes: nothing comes from elsewhere. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "monitor.css", "text/css; charset=utf-8",
            "monitor.js", "text/javascript; charset=utf-8",
            "htmx.min.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private Assets() {}

    static Optional<WebResponse> find(String name) {
        String type = TYPES.get(name);
        return type == null ? Optional.empty() : Optional.of(WebResponse.of(WebResponse.OK, type, text(name)));
    }

    /** Returns a file as text. */
    static String text(String name) {
        try (InputStream file = Assets.class.getResourceAsStream("/monitor/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the build has not put " + name + " beside the classes");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
