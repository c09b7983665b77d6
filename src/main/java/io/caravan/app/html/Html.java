package io.caravan.app.html;

import io.caravan.base.VisibleText;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of HTML. Text becomes one only by being escaped, and tags only by their names, so that nothing of a stranger's is ever
 * more than text.
 */
public final class Html {

    /** Nothing. */
    public static final Html NONE = new Html("");

    private static final Pattern TAG = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*");

    /** What has no content, and so no end; those of SVG end themselves. */
    private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");

    private static final Set<String> REFUSED = Set.of("style", "iframe", "object", "embed", "base", "template");

    private final String text;

    private Html(String text) {
        this.text = text;
    }

    /** Returns text, escaped; what cannot be seen, or would turn what follows it, is shown by an escape. */
    public static Html text(Object value) {
        return new Html(escape(String.valueOf(value)));
    }

    /**
     * Returns an element.
     *
     * @param parts its attributes, which come first, and its content: pieces, collections of them, numbers, and text, which is
     *     escaped; null is nothing
     */
    public static Html el(String tag, @Nullable Object... parts) {
        if (!TAG.matcher(tag).matches() || REFUSED.contains(tag)) {
            throw new IllegalArgumentException("no tag of ours: " + tag);
        }
        StringBuilder html = new StringBuilder("<").append(tag);
        int content = 0;
        while (content < parts.length && (parts[content] == null || parts[content] instanceof Attribute)) {
            if (parts[content] instanceof Attribute attribute) {
                html.append(' ')
                        .append(attribute.name())
                        .append("=\"")
                        .append(escape(attribute.value()))
                        .append('"');
            }
            content++;
        }
        html.append('>');
        if (VOID.contains(tag)) {
            if (content < parts.length) {
                throw new IllegalArgumentException(tag + " has no content");
            }
            return new Html(html.toString());
        }
        if (tag.equals("script") && content < parts.length) {
            throw new IllegalArgumentException("no script stands in a page");
        }
        for (int i = content; i < parts.length; i++) {
            append(html, parts[i]);
        }
        return new Html(html.append("</").append(tag).append('>').toString());
    }

    /** Returns pieces, one behind the other; as {@link #el} takes its content. */
    public static Html all(@Nullable Object... parts) {
        StringBuilder html = new StringBuilder();
        for (Object part : parts) {
            append(html, part);
        }
        return new Html(html.toString());
    }

    private static void append(StringBuilder html, @Nullable Object part) {
        if (part instanceof Html piece) {
            html.append(piece.text);
        } else if (part instanceof Collection<?> pieces) {
            pieces.forEach(piece -> append(html, piece));
        } else if (part instanceof CharSequence || part instanceof Number) {
            html.append(escape(part.toString()));
        } else if (part != null) {
            throw new IllegalArgumentException("no content: " + part.getClass());
        }
    }

    /** Returns whether there is nothing. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 16);
        VisibleText.of(value).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Returns the HTML. */
    @Override
    public String toString() {
        return text;
    }
}
