package io.caravan.csv.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.model.mask.Mask;
import io.caravan.model.mask.MaskKey;
import io.caravan.model.mask.Masks;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Masks the values of a column. Not safe for use by several threads. */
final class ValueMask {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + Mask.HMAC_CHARS + "}");
    private static final Pattern BLANKS_AT_END = Pattern.compile(" +$");

    private final Mask mask;
    private final boolean isApplied;
    private final @Nullable Mac mac;

    private ValueMask(Mask mask, boolean isApplied, @Nullable Mac mac) {
        this.mask = mask;
        this.isApplied = isApplied;
        this.mac = mac;
    }

    /**
     * Makes a mask ready.
     *
     * @throws io.caravan.base.CaravanException if its key cannot be got
     */
    static ValueMask of(Mask mask, Masks all) {
        return new ValueMask(mask, all.areApplied(), mask.kind() == Mask.Kind.HMAC ? mac(all.key()) : null);
    }

    private static Mac mac(@Nullable MaskKey key) {
        if (key == null) {
            throw new IllegalStateException("a feed with hashes has a key");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    boolean isNull() {
        return mask.kind() == Mask.Kind.NULL;
    }

    /** Returns what stands for a value that is not NULL; empty for NULL. */
    String of(String text) {
        return switch (mask.kind()) {
            case HMAC -> isApplied && HASH.matcher(text).matches() ? text : hash(text);
            case LAST -> last(text);
            case NULL -> "";
        };
    }

    /** Redshift does not regard blanks at the end when it compares texts, so equal texts have equal hashes. */
    private String hash(String text) {
        if (mac == null) {
            throw new IllegalStateException("no hash is made of this column");
        }
        return HexFormat.of()
                .formatHex(
                        mac.doFinal(BLANKS_AT_END.matcher(text).replaceFirst("").getBytes(UTF_8)));
    }

    /** A value that would stay as a whole is not shown at all. */
    private String last(String text) {
        int count = text.codePointCount(0, text.length());
        if (isApplied && text.startsWith(Mask.STARS) && count <= mask.chars()) {
            return text;
        }
        return count <= mask.kept()
                ? Mask.STARS
                : Mask.STARS + text.substring(text.offsetByCodePoints(text.length(), -mask.kept()));
    }
}
