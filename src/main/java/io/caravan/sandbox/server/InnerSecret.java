package io.caravan.sandbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The password by which the front, and nobody else of this machine, logs in at the PostgreSQL behind it. */
public final class InnerSecret {

    private static final int BYTES = 32;

    private final Path file;
    private final String text;

    /**
     * Reads the secret of a sandbox, or makes one.
     *
     * @param file where it is kept, for this user alone
     */
    InnerSecret(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            OwnFiles.create(file);
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        this.text = Files.readString(file);
    }

    /** Returns the file that holds the administrator's password. */
    Path file() {
        return file;
    }

    /** Returns the administrator's password. */
    String text() {
        return text;
    }

    /** Returns the password of a user, as PostgreSQL knows it; clients have theirs from the front, and never this. */
    String of(String user) {
        return HexFormat.of().formatHex(hmac(text.getBytes(UTF_8), user.getBytes(UTF_8)));
    }

    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
