package io.caravan.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Asks for the password the way old servers do, as MD5.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">AuthenticationMD5Password</a>
 */
final class Login {

    private volatile Credentials credentials;

    Login(Credentials credentials) {
        this.credentials = credentials;
    }

    Credentials credentials() {
        return credentials;
    }

    /** Changes the password for logins to come; who is in stays in, as with Redshift. */
    void changePassword(String password) {
        credentials = new Credentials(credentials.user(), password);
    }

    /** Returns whether the client knows user and password; if not, it has been told. */
    boolean accept(String user, WireReader in, WireWriter out) throws IOException {
        byte[] salt = new byte[4];
        new SecureRandom().nextBytes(salt);
        out.message('R', new byte[] {0, 0, 0, 5, salt[0], salt[1], salt[2], salt[3]});
        out.flush();
        if (in.read() != 'p') {
            return false;
        }
        String answer = new WireBody(in.readBytes(in.readInt() - 4)).text();
        if (user.equals(credentials.user()) && answer.equals(expected(salt))) {
            return true;
        }
        out.error("FATAL", new SqlError("28000", "password authentication failed for user \"" + user + "\""));
        out.flush();
        return false;
    }

    private String expected(byte[] salt) {
        String inner = md5((credentials.password() + credentials.user()).getBytes(StandardCharsets.UTF_8), new byte[0]);
        return "md5" + md5(inner.getBytes(StandardCharsets.US_ASCII), salt);
    }

    private static String md5(byte[] bytes, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest(salt));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
