package io.caravan.app.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what is secret in a line for people that Caravan has not written alone: a message of Camel, of a driver or of the AWS SDK
 * may repeat the URL it was given.
 */
public final class MaskedText {

    /** Anything with a scheme, but for S3's own: a key may have any name in it, and is to be found again. */
    private static final Pattern URI =
            Pattern.compile("(?<![\\w+.:/-])(?!s3:)[A-Za-z][A-Za-z0-9+.-]+:[^\\s\"<>]*[^\\s\"<>.,:)\\]}]");

    /** What is called a secret in any text; what stands for it is not masked twice. */
    private static final Pattern PAIR = Pattern.compile(
            "(?<![\\w./-])([\\w.-]*(?:password|passwd|pwd|secret_?(?:access_?)?key|session_?token|access_?key_?id)=)"
                    + "(?!\\*\\*\\*)[^\\s\"&;,)\\]}]+",
            Pattern.CASE_INSENSITIVE);

    /** Longer ones no setting has; a stranger's text may. */
    private static final int MOST_URI_CHARS = 4096;

    private MaskedText() {}

    private static String masked(String uri) {
        return uri.length() > MOST_URI_CHARS ? uri : MaskedUri.of(uri);
    }

    public static String of(String line) {
        // Quick for what is usual.
        if (line.indexOf('=') < 0 && line.indexOf('@') < 0) {
            return line;
        }
        String uris = URI.matcher(line).replaceAll(uri -> Matcher.quoteReplacement(masked(uri.group())));
        return PAIR.matcher(uris).replaceAll("$1" + Secret.MASK);
    }
}
