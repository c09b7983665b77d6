package io.caravan.app.camel;

import io.caravan.app.secret.SecretNames;
import io.caravan.app.settings.Setting;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;

/**
 * Fills in the <a href="https://camel.apache.org/manual/using-propertyplaceholder.html">placeholders</a> of a text, once: what
 * is filled in is text, whatever it holds. Camel's own way reads it again, and drops a backslash among the last two characters.
 */
final class Placeholders {

    private static final String BEGIN = "{{";
    private static final String END = "}}";
    private static final char ESCAPE = '\\';
    private static final String ESCAPED_ESCAPE = "\\\\";
    private static final String NOT = "!";

    /** What a value may come from by a function; others call methods, or ask somebody. */
    private static final Set<String> FUNCTIONS = Set.of("env", "sys", "service", "service.host", "service.port");

    private final PropertiesComponent component;
    private final DefaultPropertiesParser parser;
    private final Map<String, String> properties;
    private final boolean keepsSecrets;

    /**
     * Takes the values.
     *
     * @param context knows the functions, as in {@code {{env:NAME}}}
     * @param properties what there is besides the environment, which comes first
     * @param keepsSecrets whether there is no value for whoever asks for Caravan's own settings, for AWS's, or for what has the
     *     name of a secret
     */
    Placeholders(CamelContext context, Map<String, String> properties, boolean keepsSecrets) {
        this.component = (PropertiesComponent) context.getPropertiesComponent();
        this.parser = new DefaultPropertiesParser(component);
        this.properties = properties;
        this.keepsSecrets = keepsSecrets;
    }

    /**
     * Returns the text with the values of its placeholders. A text without any is as it was; in one with some,
     * {@code \{{} and <code>\}}</code> are braces, and two backslashes before braces are one.
     *
     * @throws IllegalArgumentException if there is no such value, or a placeholder does not end; a predicate, for people
     */
    String fill(String text) {
        if (!text.contains(BEGIN)) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        fill(text, 0, false, filled);
        return filled.toString();
    }

    /** Returns the index after the end of a placeholder, or of the text. */
    private int fill(String text, int from, boolean isPlaceholder, StringBuilder filled) {
        int i = from;
        while (i < text.length()) {
            if (isPlaceholder && text.startsWith(END, i)) {
                return i + END.length();
            }
            if (text.charAt(i) == ESCAPE && isBraces(text, i + 1)) {
                filled.append(text, i + 1, i + 3);
                i += 3;
            } else if (text.startsWith(ESCAPED_ESCAPE, i) && isBraces(text, i + 2)) {
                filled.append(ESCAPE);
                i += 2;
            } else if (text.startsWith(BEGIN, i) && countBraces(text, i) % 2 == 0) {
                StringBuilder key = new StringBuilder();
                i = fill(text, i + BEGIN.length(), true, key);
                filled.append(value(key.toString()));
            } else {
                filled.append(text.charAt(i++));
            }
        }
        if (isPlaceholder) {
            throw new IllegalArgumentException("has '{{' without '}}' after it; two braces are written \\{{");
        }
        return i;
    }

    private static boolean isBraces(String text, int at) {
        return text.startsWith(BEGIN, at) || text.startsWith(END, at);
    }

    /** Of three braces the last two begin a placeholder. */
    private static int countBraces(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == '{') {
            end++;
        }
        return end - from;
    }

    private void requireText(String key) {
        int colon = key.indexOf(':');
        String function = colon < 0 ? "" : key.substring(0, colon);
        if (component.getPropertiesFunction(function) != null && !FUNCTIONS.contains(function)) {
            throw new IllegalArgumentException("has the placeholder '{{" + key + "}}', and '" + function
                    + ":' is not taken; only 'env:' and 'sys:' are, and names of settings");
        }
        if (keepsSecrets && SecretNames.isKept(FUNCTIONS.contains(function) ? key.substring(colon + 1) : key)) {
            throw new IllegalArgumentException(
                    "has the placeholder '{{" + key + "}}', which may stand for a secret, and "
                            + Setting.ROUTES_ONLY_FEEDS.key() + " is true; give the value another name");
        }
    }

    private String value(String key) {
        if (key.startsWith(NOT)) {
            String value = value(key.substring(NOT.length()));
            return switch (value) {
                case "true" -> "false";
                case "false" -> "true";
                default -> value;
            };
        }
        if (key.contains(BEGIN) || key.contains(END)) {
            throw new IllegalArgumentException("has a placeholder within a placeholder whose value has braces");
        }
        requireText(key);
        try {
            String value =
                    parser.parseUri(BEGIN + key + END, (name, fallback) -> properties.get(name), true, false, false);
            return value == null ? "" : value;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has the placeholder '{{" + key
                            + "}}', for which neither the environment nor application.properties"
                            + " has a value; set one, or write {{" + key + ":DEFAULT}}; two braces are written \\{{",
                    e);
        }
    }
}
