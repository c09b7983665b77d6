package io.caravan.sandbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Says where the next page of a list begins: behind a key. S3Proxy writes a token into its XML as it is, and a key may have
 * characters that XML has not.
 */
final class PageToken {

    private static final String MARK = "after-key-";

    private PageToken() {}

    static String of(String lastKey) {
        return MARK + HexFormat.of().formatHex(lastKey.getBytes(UTF_8));
    }

    /** Returns the key that a token stands for; one that is no token is a key, by which the first kind of list goes on. */
    static String lastKey(String token) {
        return token.matches(MARK + "([0-9a-f]{2})*")
                ? new String(HexFormat.of().parseHex(token.substring(MARK.length())), UTF_8)
                : token;
    }
}
