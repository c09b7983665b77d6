package io.caravan.model.mask;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for a value that nobody is to see.
 *
 * @param kind what it is
 * @param kept how many characters at the end stay; 0 unless it is {@link Kind#LAST}
 */
public record Mask(Kind kind, int kept) {

    /** What can stand for a value. */
    public enum Kind {
        /** A keyed hash, so that equal values stay equal. */
        HMAC,
        /** Its last characters. */
        LAST,
        /** Nothing. */
        NULL
    }

    /** How many characters a hash takes: the hexadecimal digits of SHA-256. */
    public static final int HMAC_CHARS = 64;

    /** What stands before the last characters, however many there were. */
    public static final String STARS = "****";

    private static final Pattern LAST = Pattern.compile("last\\s*([1-8])");

    public Mask {
        requireNonNull(kind, "kind");
    }

    /**
     * Returns the mask that feeds call so.
     *
     * @throws IllegalArgumentException saying what a mask is
     */
    public static Mask parse(String text) {
        String mask = text.strip().toLowerCase(Locale.ROOT);
        Matcher last = LAST.matcher(mask);
        if (last.matches()) {
            return new Mask(Kind.LAST, Integer.parseInt(last.group(1)));
        }
        return switch (mask) {
            case "hmac" -> new Mask(Kind.HMAC, 0);
            case "null" -> new Mask(Kind.NULL, 0);
            default -> throw new IllegalArgumentException("a mask is hmac, last N with N from 1 to 8, or null");
        };
    }

    /** Returns how many characters a column must have room for; 0 if it need not be text. */
    public int chars() {
        return switch (kind) {
            case HMAC -> HMAC_CHARS;
            case LAST -> STARS.length() + kept;
            case NULL -> 0;
        };
    }
}
