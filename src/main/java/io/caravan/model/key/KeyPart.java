package io.caravan.model.key;

/**
 * A key, and where in it a feed's prefix ends.
 *
 * @param key the full key, not URL-encoded
 * @param prefixChars length of the prefix, which it begins with, in UTF-16 units
 */
public record KeyPart(String key, int prefixChars) {

    /** Returns what stands behind the last slash. */
    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Returns what stands behind the last slash of the prefix. */
    String behindFolder() {
        return key.substring(key.lastIndexOf('/', prefixChars - 1) + 1);
    }

    /** Returns where the name begins. */
    int nameStart() {
        return key.lastIndexOf('/') + 1;
    }
}
