package io.caravan.sandbox.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request is signed by the sandbox's user.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">Signature Version 4</a>
 */
final class RequestSignature {

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/"
            + "([a-z]+)/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

    private final String accessKey;
    private final String secretKey;

    RequestSignature(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Checks the signature of a POST to {@code /}.
     *
     * @param service whom it must be for
     * @throws RefusedCallException if there is none, or it is another one
     */
    void check(String service, Headers headers, byte[] body) {
        String header = headers.getFirst("Authorization");
        if (header == null) {
            throw new RefusedCallException("MissingAuthenticationTokenException", 400, "Missing Authentication Token");
        }
        Matcher parts = AUTHORIZATION.matcher(header);
        if (!parts.matches() || !parts.group(4).equals(service)) {
            throw new RefusedCallException(
                    "IncompleteSignatureException", 400, "The Authorization header is none of the service " + service);
        }
        if (!parts.group(1).equals(accessKey)) {
            throw new RefusedCallException(
                    "UnrecognizedClientException", 400, "The security token included in the request is invalid.");
        }
        String time = String.valueOf(headers.getFirst("X-Amz-Date"));
        String scope = parts.group(2) + "/" + parts.group(3) + "/" + service + "/aws4_request";
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : parts.group(5).split(";", -1)) {
            canonical
                    .append(name)
                    .append(':')
                    .append(String.valueOf(headers.getFirst(name)).strip().replaceAll(" +", " "))
                    .append('\n');
        }
        canonical.append('\n').append(parts.group(5)).append('\n').append(hash(body));
        String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + hash(canonical.toString().getBytes(UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = sign(key, part);
        }
        if (!HexFormat.of().formatHex(sign(key, text)).equals(parts.group(6))) {
            throw new RefusedCallException(
                    "InvalidSignatureException",
                    400,
                    "The request signature we calculated does not match the signature you provided.");
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
