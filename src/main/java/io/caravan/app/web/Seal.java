package io.caravan.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the forms of a visitor: by a token that another site cannot know, of a secret of this process, the visitor's name and the
 * hour. One of the hour before holds, too.
 */
final class Seal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec secret;
    private final Clock clock;

    Seal(SecureRandom random, Clock clock) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        this.secret = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
    }

    String token(String visitor) {
        return token(visitor, hour());
    }

    boolean isToken(String visitor, String token) {
        long hour = hour();
        return isSame(token(visitor, hour), token) || isSame(token(visitor, hour - 1), token);
    }

    private long hour() {
        return clock.millis() / Duration.ofHours(1).toMillis();
    }

    private String token(String visitor, long hour) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal((hour + "\n" + visitor).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Takes as long wherever they differ. */
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }
}
