package io.caravan.app.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what is secret inside JDBC URLs and Camel endpoint URIs, so that they can be shown; {@link SecretNames}. */
public final class MaskedUri {

    /**
     * A parameter: the Redshift driver takes them after ?, & and ;, and blanks are part of a name. RAW(...) is Camel's way to write a
     * value as it is.
     */
    private static final Pattern PARAMETER =
            Pattern.compile("([?&;])([^=?&;]*)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&;]*)");

    private static final String SLASHES = "://";

    private MaskedUri() {}

    public static String of(String uri) {
        String parametersMasked = PARAMETER.matcher(uri).replaceAll(MaskedUri::masked);
        return withoutPassword(parametersMasked);
    }

    /** The password is between the colon behind the user and the last @ before any parameter; Camel knows it without slashes. */
    private static String withoutPassword(String uri) {
        int at = uri.substring(0, path(uri)).lastIndexOf('@');
        int slashes = uri.indexOf(SLASHES);
        int user = slashes >= 0 && slashes < at ? slashes + SLASHES.length() : uri.indexOf(':') + 1;
        int colon = uri.indexOf(':', user);
        return user > 0 && colon >= 0 && colon < at
                ? uri.substring(0, colon + 1) + Secret.MASK + uri.substring(at)
                : uri;
    }

    /** Returns where parameters begin, or the end. */
    private static int path(String uri) {
        return (int)
                uri.chars().takeWhile(c -> c != '?' && c != ';' && c != '&').count();
    }

    private static String masked(MatchResult parameter) {
        String value = SecretNames.isSecret(decoded(parameter.group(2))) ? Secret.MASK : parameter.group(3);
        return Matcher.quoteReplacement(parameter.group(1) + parameter.group(2) + "=" + value);
    }

    private static String decoded(String name) {
        try {
            return name.indexOf('%') < 0 ? name : URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
