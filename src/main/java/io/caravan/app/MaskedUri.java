package io.caravan.app;

import java.util.regex.Pattern;

/** Hides what is secret inside JDBC URLs and Camel endpoint URIs, so that they can be shown. */
final class MaskedUri {

    // The Redshift driver takes parameters after ?, & and ;, and knows, among others, Password, PWD, SecretAccessKey,
    // SessionToken, client_secret, webIdentityToken and AccessKeyID. RAW(...) is Camel's way to write a value as it is.
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;][^=?&;]*(?:password|passwd|pwd|passphrase|secret|token|assertion|credential|access_?key)[^=?&;]*=)"
                    + "(?:RAW\\([^)]*\\)|RAW\\{[^}]*\\}|[^&;]*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern USER_PASSWORD = Pattern.compile("(//[^/?@:]*:)[^/?@]*@");

    private MaskedUri() {}

    static String of(String uri) {
        String parametersMasked = PARAMETER.matcher(uri).replaceAll("$1" + Secret.MASK);
        return USER_PASSWORD.matcher(parametersMasked).replaceAll("$1" + Secret.MASK + "@");
    }
}
