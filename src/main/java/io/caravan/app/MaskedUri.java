package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what is secret inside JDBC URLs and Camel endpoint URIs, so that they can be shown; {@link SecretNames}. */
final class MaskedUri {

    /**
     * A parameter: the Redshift driver takes them after ?, & and ;, and blanks are part of a name. RAW(...) is Camel's way to write a
     * value as it is.
     */
    private static final Pattern PARAMETER =
            Pattern.compile("([?&;])([^=?&;]*)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&;]*)");

    /** What stands before the last @ and before any parameter; Camel knows it without the slashes, too. */
    private static final Pattern USER_PASSWORD = Pattern.compile("^([^?;&]*?:(?://)?[^/?@:;&]+:)[^?;&]*@");

    private MaskedUri() {}

    static String of(String uri) {
        String parametersMasked = PARAMETER.matcher(uri).replaceAll(MaskedUri::masked);
        return USER_PASSWORD.matcher(parametersMasked).replaceAll("$1" + Secret.MASK + "@");
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
