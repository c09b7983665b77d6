package io.caravan.app.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** An address of this site, of parts that may be anything. */
public final class Href {

    private final StringBuilder address = new StringBuilder();
    private boolean hasQuery;

    private Href() {}

    /** Returns the address of a path. */
    public static Href of(String... segments) {
        Href href = new Href();
        for (String segment : segments) {
            href.address.append('/').append(encode(segment));
        }
        if (segments.length == 0) {
            href.address.append('/');
        }
        return href;
    }

    /** Adds a parameter; nothing if there is no value. */
    public Href with(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            address.append(hasQuery ? '&' : '?')
                    .append(encode(name))
                    .append('=')
                    .append(encode(value.toString()));
            hasQuery = true;
        }
        return this;
    }

    private static String encode(String text) {
        // A dot alone would be a step in a path.
        String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    /** Returns the address. */
    @Override
    public String toString() {
        return address.toString();
    }

    /** Returns a link there. */
    public Html link(@Nullable Object... content) {
        return Html.el("a", Attribute.attr("href", this), Html.all(content));
    }

    /** Returns a link there that keeps the focus when the page refreshes itself. */
    public Html link(String id, Html content) {
        return Html.el("a", Attribute.attr("id", id), Attribute.attr("href", this), content);
    }
}
