package io.caravan.sandbox.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.sandbox.server.InnerSecret;
import io.caravan.sandbox.wire.WireBody;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Logs in at PostgreSQL by SCRAM-SHA-256, as a client.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sasl-authentication.html">SASL authentication</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802">RFC 5802</a>
 */
final class ScramLogin {

    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;
    private static final int KEY_BITS = 256;

    /** No channel binding, as there is no TLS between the two. */
    private static final String HEADER = "n,,";

    private final WireReader in;
    private final WireWriter out;
    private final String password;
    private String clientFirst = "";
    private byte[] serverSignature = {};

    ScramLogin(WireReader in, WireWriter out, String password) {
        this.in = in;
        this.out = out;
        this.password = password;
    }

    /**
     * Answers until PostgreSQL lets it in or sends it away, and leaves what PostgreSQL says then to whoever reads on.
     *
     * @param client is told why, if it is sent away
     * @return whether it is in
     */
    boolean accept(WireWriter client) throws IOException {
        while (true) {
            int type = in.read();
            if (type < 0) {
                return false;
            }
            byte[] body = in.readBytes(in.readInt() - 4);
            if (type != 'R') {
                client.message(type, body);
                client.flush();
                if (type == 'E') {
                    return false;
                }
                continue;
            }
            ByteBuffer message = ByteBuffer.wrap(body);
            int kind = message.getInt();
            String text = new String(body, 4, body.length - 4, UTF_8);
            switch (kind) {
                case SASL -> begin();
                case SASL_CONTINUE -> prove(text);
                case SASL_FINAL -> {
                    verify(text);
                    return true;
                }
                default -> throw new IOException("PostgreSQL asks for the authentication " + kind);
            }
        }
    }

    private void begin() throws IOException {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        clientFirst = "n=,r=" + Base64.getEncoder().encodeToString(random);
        byte[] first = (HEADER + clientFirst).getBytes(UTF_8);
        byte[] mechanism = WireBody.text(MECHANISM);
        out.message(
                'p',
                ByteBuffer.allocate(mechanism.length + 4 + first.length)
                        .put(mechanism)
                        .putInt(first.length)
                        .put(first)
                        .array());
        out.flush();
    }

    private void prove(String serverFirst) throws IOException {
        Map<String, String> server = fields(serverFirst);
        String nonce = server.getOrDefault("r", "");
        if (!nonce.startsWith(clientFirst.substring("n=,r=".length()))) {
            throw new IOException("PostgreSQL answers somebody else's login");
        }
        byte[] salted = salted(
                Base64.getDecoder().decode(server.getOrDefault("s", "")),
                Integer.parseInt(server.getOrDefault("i", "0")));
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(HEADER.getBytes(UTF_8)) + ",r=" + nonce;
        byte[] exchange = (clientFirst + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        byte[] clientKey = InnerSecret.hmac(salted, "Client Key".getBytes(UTF_8));
        byte[] proof = InnerSecret.hmac(sha256(clientKey), exchange);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = InnerSecret.hmac(InnerSecret.hmac(salted, "Server Key".getBytes(UTF_8)), exchange);
        out.message('p', (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(UTF_8));
        out.flush();
    }

    private void verify(String serverFinal) throws IOException {
        byte[] signature = Base64.getDecoder().decode(fields(serverFinal).getOrDefault("v", ""));
        if (!MessageDigest.isEqual(signature, serverSignature)) {
            throw new IOException("what answers is not the sandbox's PostgreSQL");
        }
    }

    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        for (String field : message.split(",", -1)) {
            if (field.length() > 1) {
                fields.put(field.substring(0, 1), field.substring(2));
            }
        }
        return fields;
    }

    private byte[] salted(byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
