package io.caravan.app.html;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * An attribute of an element. Such as run something are refused, and addresses that lead elsewhere.
 *
 * @param name its name
 * @param value its value, not escaped
 */
public record Attribute(String name, String value) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z-]*");

    /** What would run a script or set a style. */
    private static final Pattern REFUSED = Pattern.compile("(?i)on.*|style|srcdoc|hx-on.*");

    private static final Set<String> ADDRESSES =
            Set.of("href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "data", "xlink:href");

    /** In this site: a path from its root, or a part of the page. */
    private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[^\\\\\\s]*|#[\\w-]*");

    public Attribute {
        if (!NAME.matcher(name).matches() || REFUSED.matcher(name).matches()) {
            throw new IllegalArgumentException("no attribute of ours: " + name);
        }
        if (ADDRESSES.contains(name) && !OWN.matcher(value).matches()) {
            throw new IllegalArgumentException("no address of ours: " + value);
        }
    }

    /** Returns an attribute. */
    public static Attribute attr(String name, Object value) {
        return new Attribute(name, String.valueOf(value));
    }

    /** Returns the attribute {@code class}. */
    public static Attribute css(String classes) {
        return new Attribute("class", classes);
    }
}
