package io.caravan.sandbox.server;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Passwords, which leave the front as MD5 only, and so stand in no log of PostgreSQL.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html">CREATE USER, PASSWORD</a>
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">AuthenticationMD5Password</a>
 */
public final class Passwords {

    private static final String MD5 = "md5";
    private static final Pattern HASH = Pattern.compile("md5[0-9a-f]{32}");
    private static final Pattern FORBIDDEN = Pattern.compile("[^!-~]|['\"\\\\/@]");

    private Passwords() {}

    /**
     * Returns the password as PostgreSQL keeps it.
     *
     * @throws RefusedException if Redshift would not take it
     */
    public static String stored(String user, String password) {
        if (HASH.matcher(password).matches()) {
            return password;
        }
        if (password.startsWith("sha256|")) {
            throw new RefusedException(SqlError.unsupported("PASSWORD 'sha256|…'"));
        }
        check(password);
        return hash(user, password);
    }

    static String hash(String user, String password) {
        return MD5 + hex((password + user).getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    /** Returns the client's answer to the salt, if it knows the password. */
    public static String answer(String stored, byte[] salt) {
        return MD5 + hex(stored.substring(MD5.length()).getBytes(StandardCharsets.US_ASCII), salt);
    }

    private static void check(String password) {
        if (password.length() < 8) {
            throw refusal("Password must be longer than or equal to 8 characters.");
        }
        if (password.length() > 64) {
            throw refusal("Password must be shorter than or equal to 64 characters.");
        }
        if (password.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            throw refusal("Password must contain a number.");
        }
        if (password.chars().noneMatch(c -> c >= 'A' && c <= 'Z')) {
            throw refusal("Password must contain a capital letter.");
        }
        if (password.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            throw refusal("Password must contain a lowercase letter.");
        }
        if (FORBIDDEN.matcher(password).find()) {
            throw refusal("Password contains a character that is not allowed.");
        }
    }

    private static RefusedException refusal(String reason) {
        return new RefusedException(new SqlError("22023", reason));
    }

    private static String hex(byte[] bytes, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest(salt));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
